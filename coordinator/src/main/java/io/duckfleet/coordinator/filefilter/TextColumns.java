package io.duckfleet.coordinator.filefilter;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.catalogue.CatalogTables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The text columns of one name, without case, of all tables at one version of the lake's schema.
///
/// @param ofTables by the tables' names in lower case
record TextColumns(long schemaVersion, Map<String, ColumnId> ofTables) {

    TextColumns {
        ofTables = Map.copyOf(ofTables);
    }

    static TextColumns read(CatalogTables catalog, long schemaVersion, String name) {
        String sql = """
                SELECT t.table_name, t.table_id, c.column_id
                FROM {table} t
                JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL AND s.schema_name = '%s'
                JOIN {column} c ON c.table_id = t.table_id AND c.end_snapshot IS NULL AND c.parent_column IS NULL
                WHERE t.end_snapshot IS NULL AND c.column_type = 'varchar' AND lower(c.column_name) = %s
                """.formatted(LakeAttachment.SCHEMA, Identifiers.literal(name.toLowerCase(Locale.ROOT)));
        return catalog.query(sql, rows -> {
            Map<String, ColumnId> columns = new HashMap<>();
            while (rows.next()) {
                columns.put(rows.getString(1).toLowerCase(Locale.ROOT), new ColumnId(rows.getLong(2), rows.getLong(3)));
            }
            return new TextColumns(schemaVersion, columns);
        });
    }

    Optional<ColumnId> of(String table) {
        return Optional.ofNullable(ofTables.get(table.toLowerCase(Locale.ROOT)));
    }
}
