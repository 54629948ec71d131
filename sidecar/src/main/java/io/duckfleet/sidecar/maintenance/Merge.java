package io.duckfleet.sidecar.maintenance;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.maintenance.LakeCatalog.Fragmented;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges small files: each slice makes one file of those of one partition, in a transaction of its own.
/// Tables with closed partitions come first; which partition of a table comes next is DuckLake's choice.
final class Merge {

    private final Lake lake;
    private final LakeCatalog catalog;
    private final MaintenanceSettings settings;
    private final Map<String, Long> unmergeable = new HashMap<>();

    Merge(Lake lake, LakeCatalog catalog, MaintenanceSettings settings) {
        this.lake = lake;
        this.catalog = catalog;
        this.settings = settings;
    }

    /// One slice; it is finished when no table has enough small files.
    MaintenanceOutcome slice() {
        Optional<Fragmented> next = catalog.fragmented(settings.smallFileBytes()).stream()
                .filter(this::isWorthwhile)
                .findFirst();
        if (next.isEmpty()) {
            return MaintenanceOutcome.NOTHING;
        }
        long merged = merge(next.get());
        if (merged == 0) {
            unmergeable.put(key(next.get()), next.get().files());
        }
        return new MaintenanceOutcome(merged, false);
    }

    /// Files of different versions of the schema can't be merged: such a table is left alone until it has
    /// others.
    private boolean isWorthwhile(Fragmented table) {
        boolean triedInVain = unmergeable.getOrDefault(key(table), 0L) == table.files();
        return !triedInVain && (table.closedFiles() > 0 || table.mostInOpen() >= settings.mergeFiles());
    }

    private static String key(Fragmented table) {
        return table.schema() + "." + table.table();
    }

    private long merge(Fragmented table) {
        return lake.inTransaction(session -> merge(session, table));
    }

    private long merge(Session session, Fragmented table) {
        List<Long> processed = session.query(
                "SELECT files_processed FROM ducklake_merge_adjacent_files('lake', ?, schema => ?, max_compacted_files => 1, max_file_size => ?)",
                rows -> {
                    List<Long> files = new ArrayList<>();
                    while (rows.next()) {
                        files.add(rows.getLong(1));
                    }
                    return files;
                },
                table.table(),
                table.schema(),
                settings.smallFileBytes());
        return processed.stream().mapToLong(Long::longValue).sum();
    }
}
