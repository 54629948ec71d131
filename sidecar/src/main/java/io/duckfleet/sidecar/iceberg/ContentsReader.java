package io.duckfleet.sidecar.iceberg;

import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads what a table consists of from the lake's catalog.
final class ContentsReader {

    private final CatalogDatabase catalog;

    ContentsReader(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// All of it as of one moment.
    ///
    /// @throws UnmirrorableException if its files can't be read by others
    LakeContents read(LakeTable table) {
        return catalog.inTransaction(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            refuseUnreadable(connection, table);
            OptionalLong partition = partition(connection, table);
            return new LakeContents(
                    number(connection, "SELECT max(snapshot_id) FROM %s".formatted(from("ducklake_snapshot"))),
                    columns(connection, table),
                    Math.toIntExact(number(
                            connection,
                            "SELECT max(column_id) FROM %s WHERE table_id = ?".formatted(from("ducklake_column")),
                            table.id())),
                    partition,
                    partition.isPresent() ? keys(connection, partition.getAsLong()) : List.of(),
                    files(connection, table),
                    deletes(connection, table));
        });
    }

    private String from(String table) {
        return catalog.qualified(table);
    }

    private void refuseUnreadable(Connection connection, LakeTable table) throws SQLException {
        String sql = """
                SELECT CASE
                    WHEN EXISTS (SELECT 1 FROM %1$s f WHERE f.table_id = ? AND f.end_snapshot IS NULL AND (f.encryption_key IS NOT NULL OR f.file_format <> 'parquet'))
                        THEN 'its files are encrypted, or not Parquet'
                    WHEN EXISTS (SELECT 1 FROM %2$s d WHERE d.table_id = ? AND d.end_snapshot IS NULL AND (d.encryption_key IS NOT NULL OR d.format <> 'parquet'))
                        THEN 'its deletes are encrypted, or not Parquet'
                    WHEN EXISTS (SELECT 1 FROM %1$s f
                        JOIN %3$s n ON n.mapping_id = f.mapping_id
                        LEFT JOIN %4$s c ON c.table_id = f.table_id AND c.column_id = n.target_field_id AND c.end_snapshot IS NULL
                        WHERE f.table_id = ? AND f.end_snapshot IS NULL AND (n.is_partition OR c.column_name IS DISTINCT FROM n.source_name))
                        THEN 'files that were added to it have columns of other names, or in their paths'
                    ELSE '' END
                """.formatted(
                        from("ducklake_data_file"),
                        from("ducklake_delete_file"),
                        from("ducklake_name_mapping"),
                        from("ducklake_column"));
        String reason = rows(connection, sql, row -> row.getString(1), table.id(), table.id(), table.id())
                .getFirst();
        if (!reason.isEmpty()) {
            throw new UnmirrorableException(reason);
        }
    }

    private List<LakeColumn> columns(Connection connection, LakeTable table) throws SQLException {
        return rows(
                connection,
                """
                SELECT column_id, column_name, column_type, parent_column, initial_default IS NOT NULL FROM %s
                WHERE table_id = ? AND end_snapshot IS NULL ORDER BY column_order, column_id
                """.formatted(from("ducklake_column")),
                row -> {
                    OptionalLong parent = optional(row, 4);
                    return new LakeColumn(
                            row.getInt(1),
                            row.getString(2),
                            row.getString(3),
                            parent.isPresent() ? OptionalInt.of((int) parent.getAsLong()) : OptionalInt.empty(),
                            row.getBoolean(5));
                },
                table.id());
    }

    private OptionalLong partition(Connection connection, LakeTable table) throws SQLException {
        List<Long> ids = rows(
                connection,
                "SELECT partition_id FROM %s p WHERE table_id = ? AND end_snapshot IS NULL AND EXISTS (SELECT 1 FROM %s c WHERE c.partition_id = p.partition_id)"
                        .formatted(from("ducklake_partition_info"), from("ducklake_partition_column")),
                row -> row.getLong(1),
                table.id());
        return ids.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ids.getLast());
    }

    private List<PartitionKey> keys(Connection connection, long partition) throws SQLException {
        return rows(
                connection,
                "SELECT partition_key_index, column_id, transform FROM %s WHERE partition_id = ? ORDER BY 1"
                        .formatted(from("ducklake_partition_column")),
                row -> new PartitionKey(row.getInt(1), row.getInt(2), row.getString(3)),
                partition);
    }

    private List<LakeFile> files(Connection connection, LakeTable table) throws SQLException {
        Map<Long, Map<Integer, String>> values = partitionValues(connection, table);
        return rows(
                connection,
                "SELECT data_file_id, CASE WHEN path_is_relative THEN ? || path ELSE path END, record_count, file_size_bytes, partition_id FROM %s WHERE table_id = ? AND end_snapshot IS NULL"
                        .formatted(from("ducklake_data_file")),
                row -> new LakeFile(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        optional(row, 5),
                        values.getOrDefault(row.getLong(1), Map.of())),
                table.folder() + "/",
                table.id());
    }

    private Map<Long, Map<Integer, String>> partitionValues(Connection connection, LakeTable table)
            throws SQLException {
        Map<Long, Map<Integer, String>> values = new HashMap<>();
        rows(
                connection,
                """
                SELECT v.data_file_id, v.partition_key_index, v.partition_value FROM %s v
                JOIN %s f ON f.data_file_id = v.data_file_id
                WHERE f.table_id = ? AND f.end_snapshot IS NULL AND v.partition_value IS NOT NULL
                """.formatted(from("ducklake_file_partition_value"), from("ducklake_data_file")),
                row -> {
                    values.computeIfAbsent(row.getLong(1), _ -> new HashMap<>()).put(row.getInt(2), row.getString(3));
                    return true;
                },
                table.id());
        return values;
    }

    private List<LakeDeletes> deletes(Connection connection, LakeTable table) throws SQLException {
        return rows(
                connection,
                "SELECT CASE WHEN path_is_relative THEN ? || path ELSE path END, data_file_id, delete_count FROM %s WHERE table_id = ? AND end_snapshot IS NULL"
                        .formatted(from("ducklake_delete_file")),
                row -> new LakeDeletes(row.getString(1), row.getLong(2), row.getLong(3)),
                table.folder() + "/",
                table.id());
    }

    /// What is known of the columns of files, by the files' ids and the columns' ids. A file of which nothing
    /// is known is missing.
    Map<Long, Map<Integer, ColumnStatistics>> statistics(Collection<Long> files) {
        String sql =
                "SELECT data_file_id, column_id, column_size_bytes, null_count, min_value, max_value, contains_nan FROM %s WHERE data_file_id = ANY (?)"
                        .formatted(from("ducklake_file_column_stats"));
        return catalog.with(connection -> {
            Map<Long, Map<Integer, ColumnStatistics>> found = new HashMap<>();
            rows(
                    connection,
                    sql,
                    row -> {
                        found.computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                                .put(row.getInt(2), statistics(row));
                        return true;
                    },
                    connection.createArrayOf("bigint", files.toArray()));
            return found;
        });
    }

    private static ColumnStatistics statistics(ResultSet row) throws SQLException {
        return new ColumnStatistics(
                optional(row, 3),
                optional(row, 4),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                Optional.ofNullable(row.getObject(7, Boolean.class)));
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        return rows(connection, sql, row -> row.getLong(1), parameters).getFirst();
    }

    private static <T> List<T> rows(Connection connection, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }
}
