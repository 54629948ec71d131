package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.lake.ChosenTable.AllTables;
import io.duckfleet.coordinator.lake.ChosenTable.OneTable;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LakeSessions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers what the lake's catalog knows. Thread-safe.
public final class CatalogueService {

    private final LakeSessions lake;
    private final String catalogSchema;

    public CatalogueService(LakeSessions lake, String catalogSchema) {
        this.lake = lake;
        this.catalogSchema = catalogSchema;
    }

    /// The files of one table, or of all.
    ///
    /// @throws FleetException `invalid_request` if the lake has no such table
    List<LakeFile> files(Optional<String> table) {
        return lake.read((session, tables) -> {
            ChosenTable chosen = ChosenTable.of(tables, table);
            return files(FileList.read(catalog(session)), chosen).files();
        });
    }

    /// The statistics of one table, or of all, and the files; empty while the lake has no table.
    StatisticsOfFiles statistics(Optional<String> table) {
        return lake.read((session, all) -> {
            ChosenTable chosen = ChosenTable.of(all, table);
            FileList files = files(FileList.read(catalog(session)), chosen);
            List<String> names = names(all, chosen);
            Optional<Statistics> statistics = names.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Statistics.of(names, files, columns(chosen, Map.of())));
            return new StatisticsOfFiles(statistics, files.files());
        });
    }

    /// The answer to [#statistics(Optional)].
    record StatisticsOfFiles(Optional<Statistics> statistics, List<LakeFile> files) {}

    /// The columns of one table, or of all records; empty while the lake has no table.
    List<SchemaColumn> schema(Optional<String> table) {
        return lake.read((session, tables) -> {
            ChosenTable chosen = ChosenTable.of(tables, table);
            return tables.isEmpty() ? List.of() : columns(chosen, since(session, chosen));
        });
    }

    /// How many records each table of the lake has, by the tables' names.
    public Map<String, Long> recordCounts() {
        return lake.ask(session -> RecordCounts.read(catalog(session)));
    }

    /// At most `limit` commits up to `newest`, newest first.
    List<SnapshotListing> snapshots(long newest, int limit) {
        return lake.ask(session -> SnapshotList.read(catalog(session), newest, limit));
    }

    /// A time that at least so many records have in that column, or a later one, before `until`, as far as the
    /// catalog tells without a look at them; empty where it doesn't.
    public Optional<Instant> timeOfNewest(ChosenTable chosen, Column column, Optional<Instant> until, long records) {
        Optional<String> table = switch (chosen) {
            case OneTable one -> Optional.of(one.shape().name());
            case AllTables _ -> Optional.empty();
        };
        return lake.ask(session -> NewestFiles.since(catalog(session), table, column, until, records));
    }

    private CatalogTables catalog(Session session) {
        return new CatalogTables(session, catalogSchema);
    }

    private static FileList files(FileList all, ChosenTable chosen) {
        return switch (chosen) {
            case OneTable one -> all.of(one.shape().name());
            case AllTables _ -> all;
        };
    }

    private static List<String> names(List<TableShape> all, ChosenTable chosen) {
        return switch (chosen) {
            case OneTable one -> List.of(one.shape().name());
            case AllTables _ -> all.stream().map(TableShape::name).toList();
        };
    }

    private static List<SchemaColumn> columns(ChosenTable chosen, Map<String, Long> since) {
        return chosen.columns().stream()
                .map(column -> SchemaColumn.of(column, Optional.ofNullable(since.get(column.name()))))
                .toList();
    }

    private Map<String, Long> since(Session session, ChosenTable chosen) {
        return switch (chosen) {
            case OneTable one -> since(catalog(session), one.shape());
            case AllTables _ -> Map.of();
        };
    }

    /// Single quotes can't end the name, which is the lake's own.
    private static Map<String, Long> since(CatalogTables catalog, TableShape table) {
        String sql = """
                SELECT c.column_name, min(c.begin_snapshot) AS since FROM {column} c
                JOIN {table} t ON t.table_id = c.table_id AND t.end_snapshot IS NULL JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
                WHERE c.parent_column IS NULL AND s.schema_name = 'data' AND c.column_id IN
                    (SELECT column_id FROM {column} latest WHERE latest.table_id = c.table_id AND latest.end_snapshot IS NULL)
                    AND lower(t.table_name) = %s
                GROUP BY 1
                """.formatted(Identifiers.literal(table.name().toLowerCase(Locale.ROOT)));
        return catalog.query(sql, rows -> {
            Map<String, Long> snapshots = new HashMap<>();
            while (rows.next()) {
                snapshots.put(rows.getString(1), rows.getLong(2));
            }
            return snapshots;
        });
    }
}
