package io.duckfleet.benchmarks.query;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// All 22 queries of TPC-H, at scale factor 1 for scale 1, over three nodes: one has lineitem, one
/// orders, and one the other six tables. What counts is the geometric mean of the queries' times.
public final class TpchWork implements Work {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<Placement> PLACEMENTS = List.of(
            Placement.on("lineitem", 0),
            Placement.on("orders", 1),
            Placement.on("customer", 2),
            Placement.on("nation", 2),
            Placement.on("part", 2),
            Placement.on("partsupp", 2),
            Placement.on("region", 2),
            Placement.on("supplier", 2));

    private final NodeFleet fleet;
    private final QueryProcess with;
    private final QueryProcess without;
    private final QuackClient quack;
    private final QueryTimes times = new QueryTimes();
    private final List<String> queries;
    private final long rows;

    public TpchWork(Workshop workshop, double scale) throws IOException {
        fleet = new NodeFleet(workshop, List.of("LOAD tpch", "CALL dbgen(sf = %s)".formatted(scale)), PLACEMENTS);
        queries = fleet.database()
                .withSession(session -> session.queryTexts("SELECT query FROM tpch_queries() ORDER BY query_nr"));
        rows = fleet.database().withSession(session -> session.queryLong("SELECT count(*) FROM lineitem"));
        with = QueryProcess.start(workshop, fleet.configuration(), Map.of());
        without =
                QueryProcess.start(workshop, fleet.configuration(), Map.of("DUCKFLEET_COORDINATOR_SEMI_JOIN", "false"));
        quack = new QuackClient(workshop, scale, columnsByTable());
        for (String query : queries) {
            check(query);
        }
    }

    private Map<String, List<String>> columnsByTable() {
        return PLACEMENTS.stream()
                .map(Placement::table)
                .collect(Collectors.toMap(
                        table -> table,
                        table -> fleet.database()
                                .withSession(session ->
                                        session.queryTexts("SELECT column_name FROM (DESCRIBE %s)".formatted(table)))));
    }

    /// All give the same answer.
    private void check(String sql) throws IOException {
        List<String> expected = fleet.database().withSession(session -> session.query(sql, Answers::of));
        Answers.requireEqual(
                "coordinator", sql, expected, Answers.of(with.query(sql).path("results")));
        Answers.requireEqual(
                "without semi-joins",
                sql,
                expected,
                Answers.of(without.query(sql).path("results")));
        Answers.requireEqual("quack", sql, expected, quack.ask(sql));
    }

    @Override
    public List<Race> races() {
        return List.of(new Race(
                "3 TPC-H",
                "All 22 queries over three nodes (lineitem, orders, the other six tables); rows are lineitem's, times the geometric mean of the queries.",
                rows,
                List.of(
                        new Contender("coordinator", Role.OURS, () -> mean("coordinator", with::query)),
                        new Contender(
                                "without semi-joins", Role.OURS, () -> mean("without semi-joins", without::query)),
                        new Contender("quack ATTACH", Role.PEER, () -> mean("quack ATTACH", quack::ask)),
                        new Contender("one DuckDB", Role.FLOOR, () -> mean("one DuckDB", this::byOneDuckDb)))));
    }

    private Measurement mean(String contender, Asking asking) throws Exception {
        double logarithms = 0;
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i);
            Measurement measurement = Measurement.timing(() -> asking.ask(query));
            times.add(contender, i + 1, measurement.time());
            logarithms += Math.log(measurement.time().toNanos() / NANOS_PER_SECOND);
        }
        double seconds = Math.exp(logarithms / queries.size());
        return new Measurement(Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)), OptionalLong.empty());
    }

    private void byOneDuckDb(String sql) {
        fleet.database().withSession(session -> session.query(sql, Answers::of));
    }

    /// Asks once.
    @FunctionalInterface
    private interface Asking {
        void ask(String sql) throws Exception;
    }

    @Override
    public void close() {
        System.out.println(times.table());
        quack.close();
        with.close();
        without.close();
        fleet.close();
    }
}
