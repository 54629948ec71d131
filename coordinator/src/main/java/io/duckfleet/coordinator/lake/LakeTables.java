package io.duckfleet.coordinator.lake;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables of the attached lake, as its catalog has them at this moment.
public final class LakeTables {

    /// The local query reads the lake by itself, so a plan doesn't depend on what version its tables are of.
    private static final String ANY_VERSION = "";

    private LakeTables() {}

    /// All tables of the lake's schema, by name. `session` is of an instance that has the lake attached.
    public static List<TableShape> read(Session session) {
        Map<String, List<Column>> tables = session.query(
                """
                SELECT table_name, column_name, data_type
                FROM duckdb_columns()
                WHERE database_name = ? AND schema_name = ?
                ORDER BY table_name, column_index
                """,
                rows -> {
                    Map<String, List<Column>> columns = new LinkedHashMap<>();
                    while (rows.next()) {
                        columns.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                                .add(new Column(rows.getString(2), rows.getString(3)));
                    }
                    return columns;
                },
                LakeAttachment.CATALOG,
                LakeAttachment.SCHEMA);
        return tables.entrySet().stream()
                .map(table -> new TableShape(table.getKey(), Home.LAKE, table.getValue(), ANY_VERSION))
                .toList();
    }
}
