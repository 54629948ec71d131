package io.duckfleet.benchmarks.ingest;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Many clients that post 100 records at a time to one table, and a single one, with a million rows in the
/// table.
public final class ClientsWork implements Work {

    private static final int CLIENTS = 64;
    private static final int RECORDS = 100;
    private static final int POSTS = 10;
    private static final int SEQUENTIAL_POSTS = 40;
    private static final int FILLED = 1_000_000;
    private static final int FILL_POST = 100_000;
    private static final double P99 = 0.99;
    private static final long SEED = 11;

    private final SidecarProcess sidecar;
    private final double scale;
    private final byte[] post = new UserRecords(SEED).envelope("users", RECORDS);

    public ClientsWork(Workshop workshop, double scale) throws IOException {
        this.sidecar = SidecarProcess.start(workshop);
        this.scale = scale;
        int count = (int) Math.max(1, Math.round(FILL_POST * scale));
        byte[] envelope = new UserRecords(SEED).envelope("users", count);
        for (int rows = 0; rows < FILLED * scale; rows += count) {
            sidecar.ingest(envelope, count);
        }
    }

    @Override
    public List<Race> races() {
        int posts = (int) Math.max(1, Math.round(POSTS * scale));
        int all = CLIENTS * posts;
        byte[] single = new UserRecords(SEED).envelope("single", 1);
        return List.of(
                new Race(
                        "6 ingest by 64 clients",
                        "Posts of 100 records each to one table. The peer's time is that of its first posts, times as many.",
                        (long) all * RECORDS,
                        List.of(
                                new Contender("64 clients", Role.OURS, () -> together(posts)),
                                new Contender("one lake commit a post", Role.PEER, () -> sequential(all)))),
                new Race(
                        "6 slowest of 100 posts by 64 clients",
                        "The time within which 99 of 100 posts of 100 records were acked, with 64 clients at once.",
                        RECORDS,
                        List.of(new Contender("p99 of 64 clients", Role.OURS, () -> slowest(posts)))),
                new Race(
                        "6 one post of 100 records to a filled table",
                        "A single client's post of 100 records, beside a post of one record: little more than a lake commit.",
                        RECORDS,
                        List.of(
                                new Contender("one post", Role.OURS, () -> one(post, RECORDS)),
                                new Contender("one lake commit", Role.FLOOR, () -> one(single, 1)))));
    }

    private Measurement one(byte[] body, int count) throws Exception {
        return Measurement.timing(() -> sidecar.ingest(body, count));
    }

    private Measurement together(int posts) throws Exception {
        PeakMemory.reset(sidecar.pid());
        return Measurement.timing(() -> latencies(posts)).withPeakBytes(PeakMemory.of(sidecar.pid()));
    }

    private Measurement slowest(int posts) throws Exception {
        List<Duration> sorted = latencies(posts).stream().sorted().toList();
        return new Measurement(sorted.get((int) (sorted.size() * P99)), OptionalLong.empty());
    }

    private List<Duration> latencies(int posts) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<List<Duration>>> work = IntStream.range(0, CLIENTS)
                    .<Callable<List<Duration>>>mapToObj(client -> () -> client(posts))
                    .toList();
            List<Duration> all = new ArrayList<>();
            for (Future<List<Duration>> future : clients.invokeAll(work)) {
                all.addAll(future.get());
            }
            return all;
        }
    }

    private List<Duration> client(int posts) throws Exception {
        List<Duration> latencies = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            latencies.add(one(post, RECORDS).time());
        }
        return latencies;
    }

    private Measurement sequential(int all) throws Exception {
        int posts = Math.min(all, SEQUENTIAL_POSTS);
        Measurement some = Measurement.timing(() -> client(posts));
        return new Measurement(some.time().multipliedBy(all).dividedBy(posts), OptionalLong.empty());
    }

    @Override
    public void close() {
        sidecar.close();
    }
}
