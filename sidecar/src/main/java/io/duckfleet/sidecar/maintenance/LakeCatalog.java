package io.duckfleet.sidecar.maintenance;

import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Maintenance's questions to the lake's catalog.
public final class LakeCatalog {

    private final CatalogDatabase catalog;

    public LakeCatalog(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    /// A table with small files that lie together in some partition: how many, and how many of them lie in
    /// closed partitions, those of days before today.
    record Fragmented(String schema, String table, long files, long closedFiles, long mostInOpen) {}

    /// The tables with small files to merge, those with closed partitions first.
    List<Fragmented> fragmented(long smallFileBytes) {
        String sql = """
                SELECT schema_name, table_name, sum(files), coalesce(sum(files) FILTER (WHERE NOT open), 0), coalesce(max(files) FILTER (WHERE open), 0)
                FROM (
                    SELECT s.schema_name, t.table_name, regexp_replace(f.path, '[^/]*$', '') AS folder, count(*) AS files,
                        regexp_replace(f.path, '[^/]*$', '') IN ('', to_char(now() AT TIME ZONE 'UTC', '"year="YYYY"/month="FMMM"/day="FMDD"/"')) AS open
                    FROM %s f
                    JOIN %s t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
                    JOIN %s s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
                    WHERE f.end_snapshot IS NULL AND f.file_size_bytes < ?
                    GROUP BY 1, 2, 3 HAVING count(*) > 1) partitions
                GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC
                """.formatted(
                        catalog.qualified("ducklake_data_file"),
                        catalog.qualified("ducklake_table"),
                        catalog.qualified("ducklake_schema"));
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setLong(1, smallFileBytes);
                List<Fragmented> found = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Fragmented(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5)));
                    }
                }
                return found;
            }
        });
    }

    /// What is left to do now.
    MaintenanceBacklog backlog(long smallFileBytes) {
        long smallFiles =
                fragmented(smallFileBytes).stream().mapToLong(Fragmented::files).sum();
        return catalog.with(connection -> new MaintenanceBacklog(
                smallFiles,
                count(connection, "ducklake_snapshot"),
                count(connection, "ducklake_files_scheduled_for_deletion")));
    }

    private long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*) FROM %s".formatted(catalog.qualified(table)))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Up to when snapshots may go next, some `slice` of them at once: older than `keep`, or beyond the
    /// newest `max`, but none younger than `grace`. Empty when none has to go.
    Optional<Instant> expireBefore(Duration keep, int max, Duration grace, int slice) {
        String sql = """
                SELECT max(snapshot_time) + interval '1 microsecond' FROM (
                    SELECT snapshot_time FROM (SELECT snapshot_time, row_number() OVER (ORDER BY snapshot_id DESC) AS age FROM %s) s
                    WHERE snapshot_time < now() - make_interval(secs => ?) AND (snapshot_time < now() - make_interval(secs => ?) OR age > ?) AND age > 1
                    ORDER BY snapshot_time LIMIT ?) oldest
                """.formatted(catalog.qualified("ducklake_snapshot"));
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setDouble(1, (double) grace.toSeconds());
                query.setDouble(2, (double) keep.toSeconds());
                query.setInt(3, max);
                query.setInt(4, slice);
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    return Optional.ofNullable(rows.getTimestamp(1)).map(Timestamp::toInstant);
                }
            }
        });
    }

    /// How many replaced files may be removed by now.
    long removable(Duration grace) {
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT count(*) FROM %s WHERE schedule_start < now() - make_interval(secs => ?)"
                            .formatted(catalog.qualified("ducklake_files_scheduled_for_deletion")))) {
                query.setDouble(1, (double) grace.toSeconds());
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    /// The folders below the lake's root that tables have, or had.
    List<String> folders() {
        return catalog.with(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT DISTINCT s.path || t.path FROM %s t JOIN %s s USING (schema_id) WHERE t.path_is_relative AND s.path_is_relative ORDER BY 1"
                                    .formatted(
                                            catalog.qualified("ducklake_table"),
                                            catalog.qualified("ducklake_schema")))) {
                List<String> folders = new ArrayList<>();
                while (rows.next()) {
                    folders.add(rows.getString(1));
                }
                return folders;
            }
        });
    }

    /// Which of `names`, files' names without folders, the lake knows: as data, as deletes, or as to be
    /// removed.
    Set<String> known(Collection<String> names) {
        String part = "SELECT regexp_replace(path, '^.*/', '') AS name FROM %s";
        String sql = "SELECT name FROM (%s UNION ALL %s UNION ALL %s) files WHERE name = ANY (?)"
                .formatted(
                        part.formatted(catalog.qualified("ducklake_data_file")),
                        part.formatted(catalog.qualified("ducklake_delete_file")),
                        part.formatted(catalog.qualified("ducklake_files_scheduled_for_deletion")));
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setArray(1, connection.createArrayOf("text", names.toArray()));
                Set<String> known = new HashSet<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        known.add(rows.getString(1));
                    }
                }
                return known;
            }
        });
    }

    /// Does `work` while no other sidecar is at maintenance; empty when one is.
    <T> Optional<T> alone(Supplier<T> work) {
        return catalog.alone("duckfleet.maintenance", work);
    }
}
