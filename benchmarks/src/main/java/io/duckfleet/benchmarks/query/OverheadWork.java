package io.duckfleet.benchmarks.query;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// What the coordinator adds to the least work: medians of five hundred queries, at scale 1, one after
/// another and by sixteen clients.
public final class OverheadWork implements Work {

    private static final int ROWS = 100_000;
    private static final int REQUESTS = 500;
    private static final int LEAST_REQUESTS = 20;
    private static final int CLIENTS = 16;
    private static final String ONE = "SELECT 1 AS one";
    private static final String FIVE = "SELECT * FROM things LIMIT 5";

    private final int requests;
    private final NodeFleet fleet;
    private final QueryProcess coordinator;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicLong texts = new AtomicLong();

    public OverheadWork(Workshop workshop, double scale) throws IOException {
        requests = (int) Math.max(LEAST_REQUESTS, Math.round(REQUESTS * scale));
        fleet = new NodeFleet(
                workshop,
                List.of("CREATE TABLE things AS SELECT i AS id, 'thing ' || i AS name FROM range(%d) r(i)"
                        .formatted(ROWS)),
                List.of(Placement.on("things", 0)));
        coordinator = QueryProcess.start(workshop, fleet.configuration(), Map.of());
    }

    @Override
    public List<Race> races() {
        return List.of(race("SELECT 1", ONE), race("LIMIT 5", FIVE));
    }

    private Race race(String name, String sql) {
        return new Race(
                "11 coordinator, " + name,
                "The time of one answer: medians of %d; by %d clients, of %d."
                        .formatted(requests, CLIENTS, requests * CLIENTS),
                1,
                List.of(
                        new Contender("plan known", Role.OURS, () -> median(() -> coordinator.query(sql))),
                        new Contender("planned anew", Role.OURS, () -> median(() -> coordinator.query(neverSeen(sql)))),
                        new Contender(
                                CLIENTS + " clients",
                                Role.OURS,
                                () -> medianOfClients(client -> coordinator.query(ofClient(sql, client)))),
                        new Contender("node directly", Role.FLOOR, () -> median(() -> askNode(sql))),
                        new Contender(
                                "node, %d clients".formatted(CLIENTS),
                                Role.FLOOR,
                                () -> medianOfClients(client -> askNode(ofClient(sql, client))))));
    }

    private String neverSeen(String sql) {
        return "%s -- %d".formatted(sql, texts.incrementAndGet());
    }

    /// Those who ask the same share a run, which isn't what is measured here.
    private static String ofClient(String sql, int client) {
        return "%s -- of client %d".formatted(sql, client);
    }

    private void askNode(String sql) throws IOException {
        QueryProcess.ask(fleet.address(0), sql);
    }

    private Measurement median(Measurement.ThrowingRunnable request) throws Exception {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            times.add(Measurement.timing(request).time());
        }
        return median(times);
    }

    private Measurement medianOfClients(Request request) throws Exception {
        List<Future<Duration>> asking = new ArrayList<>();
        for (int i = 0; i < requests * CLIENTS; i++) {
            int client = i % CLIENTS;
            asking.add(clients.submit(
                    () -> Measurement.timing(() -> request.by(client)).time()));
        }
        List<Duration> times = new ArrayList<>();
        for (Future<Duration> answer : asking) {
            times.add(answer.get());
        }
        return median(times);
    }

    private static Measurement median(List<Duration> times) {
        Collections.sort(times);
        return new Measurement(times.get(times.size() / 2), OptionalLong.empty());
    }

    /// A request by one of several clients.
    @FunctionalInterface
    private interface Request {
        void by(int client) throws Exception;
    }

    @Override
    public void close() {
        clients.shutdownNow();
        coordinator.close();
        fleet.close();
    }
}
