package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.ColumnTypes;
import io.duckfleet.sidecar.schema.TableSchema;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the columns of lake tables.
public final class LakeSchemas {

    /// The comment of a column whose type was asked for.
    static final String DECLARED = "declared";

    private LakeSchemas() {}

    /// The schemas of `tables` as the session's transaction sees them; one without columns for a table that
    /// doesn't exist.
    public static Map<TableName, TableSchema> read(Session session, Collection<TableName> tables) {
        String marks = tables.stream().map(table -> "?").collect(Collectors.joining(", "));
        List<Object> parameters = new ArrayList<>(List.of(LakeAttachment.CATALOG, LakeAttachment.SCHEMA));
        tables.forEach(table -> parameters.add(table.text().toLowerCase(Locale.ROOT)));
        Map<TableName, List<Column>> columns = session.query(
                """
                SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns()
                WHERE database_name = ? AND schema_name = ? AND lower(table_name) IN (%s) ORDER BY table_name, column_index
                """.formatted(marks),
                rows -> {
                    Map<TableName, List<Column>> found = new HashMap<>();
                    while (rows.next()) {
                        found.computeIfAbsent(new TableName(rows.getString(1)), name -> new ArrayList<>())
                                .add(new Column(
                                        rows.getString(2),
                                        ColumnTypes.parse(rows.getString(3)),
                                        rows.getString(4).equals(DECLARED)));
                    }
                    return found;
                },
                parameters.toArray());
        Map<TableName, TableSchema> schemas = new HashMap<>();
        tables.forEach(table -> schemas.put(table, schema(table, columns)));
        return schemas;
    }

    private static TableSchema schema(TableName table, Map<TableName, List<Column>> columns) {
        TableName spelled =
                columns.keySet().stream().filter(table::equals).findFirst().orElse(table);
        return new TableSchema(spelled, columns.getOrDefault(table, List.of()));
    }
}
