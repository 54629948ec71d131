package io.duckfleet.coordinator.lake;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The tables of the attached lake, as its catalog has them at this moment. DuckDB's list of columns is asked
/// only when the catalog says that the schema has changed: it is long, and takes as long as a query.
/// Thread-safe.
public final class LakeTables {

    /// The local query reads the lake by itself, so a plan doesn't depend on what version its tables are of.
    private static final String ANY_VERSION = "";

    private static final LakeSchema NOTHING = new LakeSchema(-1, List.of());

    private final String versionQuery;
    private final AtomicReference<LakeSchema> known = new AtomicReference<>(NOTHING);

    /// The lake whose catalog is in Postgres' schema `catalogSchema`.
    public LakeTables(String catalogSchema) {
        this.versionQuery = "SELECT schema_version::BIGINT FROM postgres_query('__ducklake_metadata_lake', %s)"
                .formatted(Identifiers.literal(
                        "SELECT schema_version FROM %s.ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1"
                                .formatted(Identifiers.quote(catalogSchema))));
    }

    /// The lake's tables, by name. In a transaction, as the catalog is asked for the query's types first. `session` is
    /// of an instance that has the lake attached. What
    /// is read may be of a later version than its number says, which is then read once more.
    public LakeSchema read(Session session) {
        long version = session.inTransaction(same -> same.queryLong(versionQuery));
        LakeSchema before = known.get();
        if (before.version() == version) {
            return before;
        }
        LakeSchema schema = new LakeSchema(
                version,
                Stream.of(Home.LAKE, Home.FLEETS_OWN)
                        .flatMap(home -> readColumns(session, home))
                        .toList());
        known.set(schema);
        return schema;
    }

    private static Stream<TableShape> readColumns(Session session, Home home) {
        Map<String, List<Column>> tables = session.query(
                """
                SELECT table_name, column_name, data_type
                FROM duckdb_columns()
                WHERE database_name || '.' || schema_name = ?
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
                home.schema());
        return tables.entrySet().stream()
                .map(table -> new TableShape(table.getKey(), home, table.getValue(), ANY_VERSION));
    }
}
