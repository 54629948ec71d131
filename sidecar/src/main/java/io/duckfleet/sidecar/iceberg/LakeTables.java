package io.duckfleet.sidecar.iceberg;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which tables the lake has, and which of them have changed, by the lake's catalog.
final class LakeTables {

    private final CatalogDatabase catalog;

    LakeTables(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    /// The tables of users.
    List<LakeTable> all() {
        String sql = """
                SELECT t.table_id, t.table_uuid::text, t.table_name,
                    CASE WHEN t.path_is_relative
                        THEN (CASE WHEN s.path_is_relative THEN m.value ELSE '' END) || s.path || t.path ELSE t.path END,
                    md5(concat_ws('/', t.table_name, t.begin_snapshot, coalesce(c.state, '-'), coalesce(p.state, '-'), coalesce(f.state, '-'), coalesce(d.state, '-')))
                FROM %1$s t
                JOIN %2$s s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
                JOIN %3$s m ON m.key = 'data_path' AND m.scope IS NULL
                LEFT JOIN (SELECT table_id, count(*) || ':' || sum(hashtextextended(column_id || ' ' || begin_snapshot, 0)) AS state
                    FROM %4$s WHERE end_snapshot IS NULL GROUP BY table_id) c ON c.table_id = t.table_id
                LEFT JOIN (SELECT table_id, max(partition_id)::text AS state
                    FROM %5$s WHERE end_snapshot IS NULL GROUP BY table_id) p ON p.table_id = t.table_id
                LEFT JOIN (SELECT table_id, count(*) || ':' || sum(hashint8extended(data_file_id, 0)) AS state
                    FROM %6$s WHERE end_snapshot IS NULL GROUP BY table_id) f ON f.table_id = t.table_id
                LEFT JOIN (SELECT table_id, count(*) || ':' || sum(hashint8extended(delete_file_id, 0)) AS state
                    FROM %7$s WHERE end_snapshot IS NULL GROUP BY table_id) d ON d.table_id = t.table_id
                WHERE t.end_snapshot IS NULL AND s.schema_name = ? ORDER BY t.table_id
                """.formatted(
                        catalog.qualified("ducklake_table"),
                        catalog.qualified("ducklake_schema"),
                        catalog.qualified("ducklake_metadata"),
                        catalog.qualified("ducklake_column"),
                        catalog.qualified("ducklake_partition_info"),
                        catalog.qualified("ducklake_data_file"),
                        catalog.qualified("ducklake_delete_file"));
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, LakeAttachment.SCHEMA);
                List<LakeTable> tables = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        tables.add(new LakeTable(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4).replaceAll("/+$", ""),
                                rows.getString(5)));
                    }
                }
                return tables;
            }
        });
    }

    /// The ids of tables with rows or deletes that are in Postgres and in no file. This project's programs
    /// write none; others may.
    Set<Long> inlined() {
        Set<Long> found = new HashSet<>();
        for (InlineTable table : inlineTables()) {
            String sql = "SELECT EXISTS (SELECT 1 FROM %s%s)"
                    .formatted(catalog.qualified(table.name()), table.deletes() ? "" : " WHERE end_snapshot IS NULL");
            boolean used = catalog.with(connection -> {
                try (PreparedStatement query = connection.prepareStatement(sql);
                        ResultSet rows = query.executeQuery()) {
                    return rows.next() && rows.getBoolean(1);
                }
            });
            if (used) {
                found.add(table.table());
            }
        }
        return found;
    }

    private record InlineTable(long table, String name, boolean deletes) {}

    private List<InlineTable> inlineTables() {
        String sql =
                """
                SELECT i.table_id, i.table_name, false FROM %1$s i
                UNION ALL
                SELECT t.table_id, c.relname, true
                FROM (SELECT DISTINCT table_id FROM %2$s WHERE end_snapshot IS NULL) t
                JOIN pg_class c ON c.relname = 'ducklake_inlined_delete_' || t.table_id
                JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?
                """.formatted(catalog.qualified("ducklake_inlined_data_tables"), catalog.qualified("ducklake_table"));
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, catalog.schema());
                List<InlineTable> tables = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        tables.add(new InlineTable(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
                    }
                }
                return tables;
            }
        });
    }
}
