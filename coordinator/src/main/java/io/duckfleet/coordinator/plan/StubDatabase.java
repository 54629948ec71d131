package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A DuckDB with an empty stub for each table of the fleet: a view, under the table's own name and with its
/// columns, over a base table whose names are ours. (A view, so that `rowid` is refused and not misread.)
/// Optimizer settings are global to an instance, hence one instance a setting. Thread-safe.
final class StubDatabase implements AutoCloseable {

    /// These would answer from the stubs' emptiness, or turn one scan into two.
    private static final String ALWAYS_DISABLED =
            "statistics_propagation,empty_result_pullup,join_filter_pushdown,late_materialization";

    private static final String EXPLAIN = "EXPLAIN (FORMAT json) ";
    private static final String POSITION = "position";
    private static final String FIND_STUBS = "SET search_path = '%s'"
            .formatted(Stream.of(Home.values()).map(Home::schema).collect(Collectors.joining(",")));

    private final DuckDb database;
    private final List<TableShape> tables;
    private final StubNames names;

    StubDatabase(List<TableShape> tables, StubNames names, String disabledOptimizer, DuckDbSettings settings) {
        this.tables = tables;
        this.names = names;
        this.database = DuckDb.inMemory(settings.withThreads(OptionalInt.of(1)));
        database.withSession(session -> {
            createStubs(session);
            String disabled = disabledOptimizer.isEmpty() ? ALWAYS_DISABLED : ALWAYS_DISABLED + "," + disabledOptimizer;
            session.execute("SET disabled_optimizers = " + Identifiers.literal(disabled));
            return true;
        });
        database.lock(List.of());
    }

    /// The plan that DuckDB makes for the statement.
    ExplainedPlan explain(String sql) {
        return database.withSession(session -> {
            session.execute(FIND_STUBS);
            return ExplainedPlan.of(explain(session, sql));
        });
    }

    /// The plan that DuckDB makes for the statement if `table`, which is a node's, has only rows for which
    /// `condition` holds; that is SQL over the stub's own names.
    ExplainedPlan explain(String sql, TableShape table, String condition) {
        return database.withSession(session -> {
            session.execute(FIND_STUBS);
            session.execute("CREATE TEMP VIEW %s AS %s WHERE %s"
                    .formatted(Identifiers.quote(table.name()), selectFrom(tables.indexOf(table)), condition));
            return ExplainedPlan.of(explain(session, sql));
        });
    }

    /// The columns of the statement's answer, by its binding alone.
    List<Column> columnsOf(String sql) {
        return database.withSession(session -> {
            session.execute(FIND_STUBS);
            return session.bind(sql, answer -> {
                List<Column> columns = new ArrayList<>();
                for (int i = 1; i <= answer.getColumnCount(); i++) {
                    columns.add(new Column(answer.getColumnLabel(i), answer.getColumnTypeName(i)));
                }
                return List.copyOf(columns);
            });
        });
    }

    private static String explain(Session session, String sql) {
        try {
            return session.query(EXPLAIN + sql, rows -> {
                rows.next();
                return rows.getString(2);
            });
        } catch (FleetException e) {
            throw e.extensions().get(POSITION) instanceof Integer position
                    ? e.with(POSITION, Math.max(0, position - EXPLAIN.length()))
                    : e;
        }
    }

    /// Lends a session, for reading texts as trees.
    Session open() {
        return database.open();
    }

    @Override
    public void close() {
        database.close();
    }

    private void createStubs(Session session) {
        session.execute("CREATE SCHEMA memory.stub");
        session.execute("ATTACH ':memory:' AS lake");
        session.execute("CREATE SCHEMA lake.stub");
        session.execute("CREATE SCHEMA " + Home.LAKE.schema());
        session.execute("CREATE SCHEMA " + Home.FLEETS_OWN.schema());
        for (int table = 0; table < tables.size(); table++) {
            createStub(session, table);
        }
    }

    private void createStub(Session session, int index) {
        TableShape table = tables.get(index);
        StringJoiner definitions = new StringJoiner(", ");
        for (int column = 0; column < table.columns().size(); column++) {
            definitions.add(names.ofColumn(index, column) + " "
                    + table.columns().get(column).type());
        }
        session.execute("CREATE TABLE %s (%s)".formatted(base(index), definitions));
        session.execute("CREATE VIEW %s AS %s".formatted(table.qualified(), selectFrom(index)));
    }

    /// The stub's rows under the table's names.
    private String selectFrom(int index) {
        StringJoiner projections = new StringJoiner(", ");
        List<Column> columns = tables.get(index).columns();
        for (int column = 0; column < columns.size(); column++) {
            projections.add("%s AS %s"
                    .formatted(
                            names.ofColumn(index, column), columns.get(column).quoted()));
        }
        return "SELECT %s FROM %s".formatted(projections, base(index));
    }

    private String base(int index) {
        return (tables.get(index).home().isInLake() ? "lake" : "memory") + ".stub." + names.ofTable(index);
    }
}
