package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.ForwardedJson;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.NodeWork;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanPrinter;
import io.duckfleet.coordinator.plan.Planner;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.statement.CallersStatement;
import io.duckfleet.coordinator.statement.CallersStatementReader;
import io.duckfleet.coordinator.statement.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The oracle, one DuckDB with all tables, and beside it a coordinator's planning, fetching and joining over
/// the same tables.
final class SingleNode implements AutoCloseable {

    private final ScratchDirectory scratch = ScratchDirectory.create("test");
    private final DuckDb oracle = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
    private final DuckDb local = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OracleFragments nodes;
    private final FragmentFetch fetch;
    private final Results results;
    private final Adviser adviser;
    private final Adviser adviserOfTables;
    private final Adviser adviserWithoutSemiJoins;

    /// Makes the tables by `statements`, in the oracle and on one node.
    SingleNode(List<String> statements) {
        this(statements, 1, 1, 0);
    }

    /// Makes the tables by `statements`, in the oracle and on so many nodes; each table is one node's, or cut
    /// into `shards`. `seed` chooses between ways of fetching.
    SingleNode(List<String> statements, int nodeCount, int shards, long seed) {
        nodes = new OracleFragments(shards, scratch);
        results = new Results(scratch);
        fetch = new FragmentFetch(nodes, new KeysEverywhere(seed), scratch, threads);
        FleetSchema schema = make(oracle, statements);
        for (int i = 0; i < nodeCount; i++) {
            DuckDb node = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
            nodes.addNode(node, make(node, statements).tables());
        }
        adviser = new Adviser(
                new FleetSchema(schema.tables().stream().map(nodes::withPlace).toList()),
                DuckDbSettings.in(scratch.path()),
                _ -> true,
                NodeWork.ANSWERS);
        adviserOfTables = new Adviser(schema, DuckDbSettings.in(scratch.path()), _ -> true, NodeWork.ROWS);
        adviserWithoutSemiJoins = new Adviser(schema, DuckDbSettings.in(scratch.path()), _ -> false, NodeWork.ROWS);
        local.lock(List.of(scratch.path() + "/"));
    }

    private static FleetSchema make(DuckDb database, List<String> statements) {
        return database.withSession(session -> {
            statements.forEach(session::execute);
            return schema(session);
        });
    }

    /// The oracle's single value.
    String text(String sql) {
        return oracle.withSession(session -> session.queryText(sql));
    }

    Path scratch() {
        return scratch.path();
    }

    /// What the oracle answers: names and types of the columns, and the rows, sorted.
    List<String> oracle(String sql, Object... parameters) {
        return oracle.withSession(session -> session.query(sql, SingleNode::rows, parameters));
    }

    /// What a fleet answers, in the same form.
    List<String> fleet(String sql) {
        return fleet(sql, new Parameters.None(), OptionalLong.empty());
    }

    /// What a fleet answers whose nodes give rows of tables only, and never run a whole query.
    List<String> fleetOfTables(String sql) {
        return fleet(sql, new Parameters.None(), OptionalLong.empty(), adviserOfTables);
    }

    /// The same without semi-joins: nothing is done but to fetch columns and rows.
    List<String> fleetWithoutSemiJoins(String sql) {
        return fleet(sql, new Parameters.None(), OptionalLong.empty(), adviserWithoutSemiJoins);
    }

    /// What a fleet answers with values for the statement's parameters, and at most so many rows.
    List<String> fleet(String sql, Parameters parameters, OptionalLong rowLimit) {
        return fleet(sql, parameters, rowLimit, adviser);
    }

    private List<String> fleet(String sql, Parameters parameters, OptionalLong rowLimit, Adviser adviser) {
        try (Session session = local.open()) {
            CallersStatement statement = CallersStatementReader.read(session, sql, parameters, rowLimit);
            LocalQuery plan = Planner.plan(statement, adviser, session);
            FetchedPlan fetched = fetch.fetch(
                    plan,
                    session,
                    Caching.ALLOWED,
                    FragmentForm.PARQUET,
                    Deadline.in(Duration.ofSeconds(30)),
                    new StopSignal());
            try {
                QueryTables.create(session, fetched.plan(), fetched.fragments());
                return session.query(fetched.plan().statement().sql(), SingleNode::rows);
            } finally {
                fetched.fragments().forEach(fragment -> fragment.file().release());
            }
        }
    }

    /// The JSON document that a fleet answers whose nodes do what they may, and answer in this form what is
    /// only handed on; numbers are written plainly unless that is [FragmentForm#JSON_SAFE].
    String json(String sql, JsonNumbers numbers, FragmentForm handedOn) {
        try (Session session = local.open()) {
            LocalQuery plan = Planner.plan(
                    CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty()),
                    adviser,
                    session);
            FetchedPlan fetched = fetch.fetch(
                    plan, session, Caching.ALLOWED, handedOn, Deadline.in(Duration.ofSeconds(30)), new StopSignal());
            try (ReadyResult result = answer(session, fetched, numbers)) {
                ByteArrayOutputStream document = new ByteArrayOutputStream();
                result.writeTo(document);
                return document.toString(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ReadyResult answer(Session session, FetchedPlan fetched, JsonNumbers numbers) {
        FetchedFragment first = fetched.fragments().getFirst();
        try {
            if (first.part().form() != FragmentForm.PARQUET) {
                return HandedOn.of(first, ForwardedJson.TYPES_ALONE);
            }
            QueryTables.create(session, fetched.plan(), fetched.fragments());
            return results.run(
                    session, fetched.plan().statement(), ResultFormat.JSON, numbers, ForwardedJson.TYPES_ALONE);
        } finally {
            fetched.fragments().forEach(fragment -> fragment.file().release());
        }
    }

    /// Whether a fleet whose nodes do what they may only hands on what one of them answers.
    boolean isHandedOn(String sql) {
        return local.withSession(session -> Planner.plan(
                        CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty()),
                        adviser,
                        session)
                .isHandedOn());
    }

    /// The plan of a fleet whose nodes give rows of tables only, as text.
    String explain(String sql) {
        return explain(sql, List.of());
    }

    /// The plan of a fleet whose nodes do what they may, as text.
    String explainAnswers(String sql) {
        return local.withSession(session -> PlanPrinter.print(Planner.plan(
                CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty()),
                adviser,
                session)));
    }

    /// The plan with values for the statement's parameters as text.
    String explain(String sql, List<Object> values) {
        Parameters parameters = Parameters.of(new ObjectMapper().valueToTree(values));
        return local.withSession(session -> PlanPrinter.print(plan(session, sql, parameters)));
    }

    private LocalQuery plan(Session session, String sql, Parameters parameters) {
        return Planner.plan(
                CallersStatementReader.read(session, sql, parameters, OptionalLong.empty()), adviserOfTables, session);
    }

    private static FleetSchema schema(Session session) {
        List<String> names = session.queryTexts("SELECT table_name FROM duckdb_tables() ORDER BY table_oid");
        return new FleetSchema(names.stream()
                .map(name -> new TableShape(name, Home.NODE, columns(session, name), "1"))
                .toList());
    }

    private static List<Column> columns(Session session, String table) {
        return session.query(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                rows -> {
                    List<Column> columns = new ArrayList<>();
                    while (rows.next()) {
                        columns.add(new Column(rows.getString(1), rows.getString(2)));
                    }
                    return columns;
                },
                table);
    }

    private static List<String> rows(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        StringBuilder header = new StringBuilder("columns:");
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            header.append(' ')
                    .append(rows.getMetaData().getColumnLabel(i))
                    .append(' ')
                    .append(rows.getMetaData().getColumnTypeName(i));
        }
        while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(text(rows.getObject(i))).append('|');
            }
            texts.add(row.toString());
        }
        texts.sort(null);
        texts.addFirst(header.toString());
        return texts;
    }

    /// Sums of doubles depend on the order of their rows, so they are compared to 12 digits.
    private static String text(@Nullable Object value) throws SQLException {
        return switch (value) {
            case Double number -> "%.12g".formatted(number);
            case Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
            case null, default -> String.valueOf(value);
        };
    }

    @Override
    public void close() {
        threads.close();
        adviser.close();
        adviserOfTables.close();
        adviserWithoutSemiJoins.close();
        local.close();
        oracle.close();
        nodes.close();
        scratch.close();
    }
}
