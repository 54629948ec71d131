package io.duckfleet.benchmarks.query;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How time and memory grow: from once to a hundred times the rows on one node, and from one to eight nodes
/// that have as many rows together. All orders travel; memory is the coordinator's.
public final class GrowthWork implements Work {

    private static final String NAME = "12 growth";

    private static final long ROWS = 100_000;
    private static final long CUSTOMERS = 1_000;
    private static final List<Integer> TIMES = List.of(1, 10, 100);
    private static final int TIMES_ON_NODES = 50;
    private static final List<Integer> NODES = List.of(1, 2, 4, 8);

    private final long rows;
    private final NodeFleet fleet;
    private final QueryProcess coordinator;

    public GrowthWork(Workshop workshop, double scale) throws IOException {
        rows = Math.max(CUSTOMERS, Math.round(ROWS * scale));
        fleet = new NodeFleet(workshop, statements(), placements());
        coordinator = QueryProcess.start(workshop, fleet.configuration(), Map.of());
        for (String table : tables()) {
            check(query(table));
        }
    }

    private static List<String> tables() {
        List<String> tables = new ArrayList<>();
        TIMES.forEach(times -> tables.add(ofTimes(times)));
        NODES.forEach(nodes -> tables.add(onNodes(nodes)));
        return tables;
    }

    private static String ofTimes(int times) {
        return "orders_%dx".formatted(times);
    }

    private static String onNodes(int nodes) {
        return "orders_on_%d".formatted(nodes);
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE customers AS SELECT i AS customer_id, 'country ' || i %% 20 AS country FROM range(%d) r(i)"
                        .formatted(CUSTOMERS));
        TIMES.forEach(times -> statements.add(orders(ofTimes(times), rows * times)));
        NODES.forEach(nodes -> statements.add(orders(onNodes(nodes), rows * TIMES_ON_NODES)));
        return statements;
    }

    private static String orders(String table, long count) {
        return "CREATE TABLE %s AS SELECT i AS id, (hash(i) %% %d)::BIGINT AS customer_id, (hash(i * 3) %% 10000)::INTEGER AS amount FROM range(%d) r(i)"
                .formatted(table, CUSTOMERS, count);
    }

    /// Customers stand apart, so that orders have to travel.
    private static List<Placement> placements() {
        List<Placement> placements = new ArrayList<>();
        TIMES.forEach(times -> placements.add(Placement.on(ofTimes(times), 0)));
        NODES.forEach(nodes -> placements.add(
                new Placement(onNodes(nodes), IntStream.range(0, nodes).boxed().toList())));
        placements.add(Placement.on("customers", NODES.getLast()));
        return placements;
    }

    private static String query(String table) {
        return """
                SELECT c.country, count(*) AS n, sum(o.amount) AS total, max(o.id) AS latest
                FROM %s o JOIN customers c USING (customer_id) GROUP BY ALL ORDER BY ALL""".formatted(table);
    }

    private void check(String sql) throws IOException {
        List<String> expected = fleet.database().withSession(session -> session.query(sql, Answers::of));
        Answers.requireEqual(
                "coordinator", sql, expected, Answers.of(coordinator.query(sql).path("results")));
    }

    @Override
    public List<Race> races() {
        List<Race> races = new ArrayList<>();
        TIMES.forEach(times -> races.add(race("%d x the rows".formatted(times), ofTimes(times), rows * times)));
        NODES.forEach(nodes -> races.add(
                race(nodes == 1 ? "1 node" : "%d nodes".formatted(nodes), onNodes(nodes), rows * TIMES_ON_NODES)));
        return races;
    }

    private Race race(String what, String table, long count) {
        String sql = query(table);
        return new Race(
                "%s, %s".formatted(NAME, what),
                "A join of all orders with customers on another node, added up by country.",
                count,
                List.of(
                        new Contender("coordinator", Role.OURS, () -> run(sql)),
                        new Contender("one DuckDB", Role.FLOOR, () -> Measurement.timing(() -> byOneDuckDb(sql)))));
    }

    private Measurement run(String sql) throws Exception {
        PeakMemory.reset(coordinator.pid());
        return Measurement.timing(() -> coordinator.query(sql)).withPeakBytes(PeakMemory.of(coordinator.pid()));
    }

    private void byOneDuckDb(String sql) {
        fleet.database().withSession(session -> session.query(sql, Answers::of));
    }

    @Override
    public void close() {
        coordinator.close();
        fleet.close();
    }
}
