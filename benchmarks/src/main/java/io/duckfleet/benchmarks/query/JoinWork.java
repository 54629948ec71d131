package io.duckfleet.benchmarks.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A hundred customers of a hundred thousand, and their orders among ten million on another node, at scale 1.
public final class JoinWork implements Work {

    private static final long ORDERS = 10_000_000;
    private static final long CUSTOMERS = 100_000;
    private static final int LEAST_SAVED = 10;
    private static final int TIMES = 5;
    private static final String QUERY = """
            SELECT c.country, count(*) AS n, sum(o.amount) AS total, max(o.note) AS note
            FROM customers c JOIN orders o USING (customer_id) WHERE c.city = 'city 7' GROUP BY ALL ORDER BY ALL""";

    private final long orders;
    private final NodeFleet fleet;
    private final QueryProcess with;
    private final QueryProcess without;
    private final String saved;

    public JoinWork(Workshop workshop, double scale) throws IOException {
        orders = Math.max(CUSTOMERS, Math.round(ORDERS * scale));
        fleet = new NodeFleet(
                workshop, statements(orders), List.of(Placement.on("customers", 0), Placement.on("orders", 1)));
        with = QueryProcess.start(workshop, fleet.configuration(), Map.of());
        without =
                QueryProcess.start(workshop, fleet.configuration(), Map.of("DUCKFLEET_COORDINATOR_SEMI_JOIN", "false"));
        saved = check();
    }

    /// All give the same answer, and keys save what they should; says how much that is.
    private String check() throws IOException {
        List<String> expected = fleet.database().withSession(session -> session.query(QUERY, Answers::of));
        JsonNode reduced = with.query(QUERY);
        JsonNode whole = without.query(QUERY);
        Answers.requireEqual("keys sent", QUERY, expected, Answers.of(reduced.path("results")));
        Answers.requireEqual("no keys sent", QUERY, expected, Answers.of(whole.path("results")));
        long bytes = QueryProcess.bytes(reduced);
        long wholeBytes = QueryProcess.bytes(whole);
        if (bytes * LEAST_SAVED > wholeBytes) {
            throw new IllegalStateException("with keys %d bytes came, without %d".formatted(bytes, wholeBytes));
        }
        return "With keys sent %,d bytes come from the nodes, without %,d.".formatted(bytes, wholeBytes);
    }

    private static List<String> statements(long orders) {
        return List.of(
                "CREATE TABLE customers AS SELECT i AS customer_id, 'city ' || i %% 1000 AS city, 'country ' || i %% 7 AS country FROM range(%d) r(i)"
                        .formatted(CUSTOMERS),
                "CREATE TABLE orders AS SELECT i AS id, (hash(i) %% %d)::BIGINT AS customer_id, (hash(i * 3) %% 10000) / 100.0 AS amount, md5((i %% 100000)::VARCHAR) AS note FROM range(%d) r(i)"
                        .formatted(CUSTOMERS, orders));
    }

    @Override
    public List<Race> races() {
        return List.of(new Race(
                "4 selective join",
                "The orders of 100 customers, among those of %,d on another node, added up. %s Mean of %d queries."
                        .formatted(CUSTOMERS, saved, TIMES),
                orders,
                List.of(
                        new Contender("keys sent", Role.OURS, () -> Measurement.mean(TIMES, () -> with.query(QUERY))),
                        new Contender(
                                "no keys sent", Role.PEER, () -> Measurement.mean(TIMES, () -> without.query(QUERY))),
                        new Contender("one DuckDB", Role.FLOOR, () -> Measurement.mean(TIMES, this::byOneDuckDb)))));
    }

    private void byOneDuckDb() {
        fleet.database().withSession(session -> session.query(QUERY, Answers::of));
    }

    @Override
    public void close() {
        with.close();
        without.close();
        fleet.close();
    }
}
