package io.duckfleet.coordinator.catalogue;

import io.duckfleet.coordinator.catalogue.SnapshotListing.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the lake's commits. How many rows one brought stands in what the sidecar writes beside it, as
/// maintenance makes other files of those that it wrote; for commits of others, and for what was removed, the
/// files tell.
final class SnapshotList {

    private static final String TABLES =
            "SELECT t.table_id, max(t.table_name) AS name, bool_or(s.schema_name = 'data') AS own, max(s.schema_name) AS folder FROM {table} t JOIN {schema} s USING (schema_id) GROUP BY 1";

    /// Parts such as `inserted_into_table:4` and `created_table:"data"."trips"`.
    private static final Pattern CHANGE = Pattern.compile("(\\w+):((?:\"(?:[^\"]|\"\")*\"|[^,\"])+)");
    private static final Pattern LAST_NAME = Pattern.compile("\"((?:[^\"]|\"\")*)\"$");
    private static final String INSERTED = "inserted_into_table";

    private final CatalogTables catalog;
    private final Map<Long, Optional<String>> tables;

    private SnapshotList(CatalogTables catalog) {
        this.catalog = catalog;
        this.tables = catalog.query(TABLES, rows -> {
            Map<Long, Optional<String>> names = new HashMap<>();
            while (rows.next()) {
                String name = rows.getString(2);
                names.put(rows.getLong(1), Optional.of(rows.getBoolean(3) ? name : rows.getString(4) + "." + name));
            }
            return names;
        });
    }

    /// At most `limit` commits up to `newest`, newest first.
    static List<SnapshotListing> read(CatalogTables catalog, long newest, int limit) {
        return new SnapshotList(catalog).read(newest, limit);
    }

    private record Snapshot(
            long id,
            Instant time,
            long schemaVersion,
            Optional<String> author,
            Optional<String> message,
            String changes) {}

    private record Place(long snapshot, String table) {}

    private record Counts(long files, long filesRemoved, long rows, long rowsRemoved) {}

    private List<SnapshotListing> read(long newest, int limit) {
        String sql = """
                SELECT n.snapshot_id, n.snapshot_time, n.schema_version, c.author, c.commit_message, c.changes_made
                FROM {snapshot} n LEFT JOIN {snapshot_changes} c USING (snapshot_id)
                WHERE n.snapshot_id <= %1$d ORDER BY 1 DESC LIMIT %2$d
                """.formatted(newest, limit);
        List<Snapshot> snapshots = catalog.query(sql, rows -> {
            List<Snapshot> found = new ArrayList<>();
            while (rows.next()) {
                found.add(snapshot(rows));
            }
            return found;
        });
        if (snapshots.isEmpty()) {
            return List.of();
        }
        long first = snapshots.getLast().id();
        long last = snapshots.getFirst().id();
        Map<Place, Counts> files = files(first, last);
        Map<Place, Long> batches = batches(first, last);
        return snapshots.stream()
                .map(snapshot -> listing(snapshot, files, batches))
                .toList();
    }

    private static Snapshot snapshot(ResultSet rows) throws SQLException {
        return new Snapshot(
                rows.getLong(1),
                rows.getTimestamp(2).toInstant(),
                rows.getLong(3),
                Optional.ofNullable(rows.getString(4)),
                Optional.ofNullable(rows.getString(5)),
                orEmpty(rows.getString(6)));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Map<Place, Counts> files(long first, long last) {
        String sql = """
                SELECT snapshot, table_id, sum(files)::bigint AS a, sum(removed)::bigint AS b, sum(rows)::bigint AS c, sum(rows_removed)::bigint AS d FROM (
                    SELECT begin_snapshot AS snapshot, table_id, 1 AS files, 0 AS removed, record_count AS rows, 0 AS rows_removed FROM {data_file}
                    UNION ALL SELECT end_snapshot, table_id, 0, 1, 0, record_count FROM {data_file}
                    UNION ALL SELECT begin_snapshot, table_id, 0, 0, 0, delete_count FROM {delete_file}
                    UNION ALL SELECT end_snapshot, table_id, 0, 0, 0, -delete_count FROM {delete_file}) f
                WHERE snapshot BETWEEN %1$d AND %2$d GROUP BY 1, 2
                """.formatted(first, last);
        return catalog.query(sql, rows -> {
            Map<Place, Counts> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(
                        new Place(rows.getLong(1), nameOf(rows.getLong(2))),
                        new Counts(rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)));
            }
            return counts;
        });
    }

    private Map<Place, Long> batches(long first, long last) {
        String sql = """
                SELECT snapshot_id, x ->> 't' AS name, sum((d ->> 1)::bigint)::bigint AS rows
                FROM {snapshot_changes} c, LATERAL jsonb_array_elements(c.commit_extra_info::jsonb -> 'df') x, LATERAL jsonb_array_elements(x -> 'd') d
                WHERE snapshot_id BETWEEN %1$d AND %2$d AND commit_extra_info LIKE '{"df":%%' GROUP BY 1, 2
                """.formatted(first, last);
        return catalog.query(sql, rows -> {
            Map<Place, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(new Place(rows.getLong(1), rows.getString(2)), rows.getLong(3));
            }
            return counts;
        });
    }

    private SnapshotListing listing(Snapshot snapshot, Map<Place, Counts> files, Map<Place, Long> batches) {
        List<Change> changes = changes(snapshot, files, batches);
        return new SnapshotListing(
                snapshot.id(),
                snapshot.time(),
                snapshot.author(),
                snapshot.message(),
                changes,
                sum(changes.stream().map(Change::rows)),
                sum(changes.stream().map(Change::rowsRemoved)),
                sum(changes.stream().map(Change::files)),
                sum(changes.stream().map(Change::filesRemoved)),
                snapshot.schemaVersion());
    }

    private static long sum(Stream<Optional<Long>> counts) {
        return counts.flatMap(Optional::stream).mapToLong(Long::longValue).sum();
    }

    private List<Change> changes(Snapshot snapshot, Map<Place, Counts> files, Map<Place, Long> batches) {
        List<Change> changes = new ArrayList<>();
        Matcher matcher = CHANGE.matcher(snapshot.changes());
        Map<Place, Counts> left = new HashMap<>(files);
        while (matcher.find()) {
            changes.add(change(snapshot, matcher.group(1), matcher.group(2), left, batches));
        }
        return changes;
    }

    /// What happened to a table's files is told once, with the change of content, not with that of its
    /// schema.
    private Change change(
            Snapshot snapshot, String word, String target, Map<Place, Counts> files, Map<Place, Long> batches) {
        boolean byId = target.matches("\\d+");
        Optional<String> table = byId ? Optional.of(nameOf(Long.parseLong(target))) : lastName(target);
        if (!byId || table.isEmpty() || word.startsWith("altered_")) {
            return new Change(word, table, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Place place = new Place(snapshot.id(), table.get());
        Optional<Counts> counted = Optional.ofNullable(files.remove(place));
        Optional<Long> batch = Optional.ofNullable(
                batches.get(new Place(snapshot.id(), table.get().toLowerCase(Locale.ROOT))));
        boolean inserted = word.equals(INSERTED);
        return new Change(
                word,
                table,
                inserted ? batch.or(() -> counted.map(Counts::rows)) : Optional.empty(),
                word.startsWith("deleted_") || word.startsWith("dropped_")
                        ? counted.map(Counts::rowsRemoved)
                        : Optional.empty(),
                counted.map(Counts::files),
                counted.map(Counts::filesRemoved));
    }

    private static Optional<String> lastName(String target) {
        Matcher name = LAST_NAME.matcher(target);
        return name.find() ? Optional.of(name.group(1).replace("\"\"", "\"")) : Optional.empty();
    }

    private String nameOf(long table) {
        return tables.getOrDefault(table, Optional.empty()).orElse("table " + table);
    }
}
