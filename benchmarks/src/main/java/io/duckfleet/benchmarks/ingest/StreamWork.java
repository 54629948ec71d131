package io.duckfleet.benchmarks.ingest;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// `POST /ingest/stream`, one record a request, acknowledged when it is durable: by one client, and by 64.
/// The floor is a loop that appends to a file of the same disk and forces it.
public final class StreamWork implements Work {

    private static final int SEQUENTIAL = 5_000;
    private static final int CLIENTS = 64;
    private static final int CONCURRENT = 64_000;
    private static final double MILLION = 1e6;
    private static final String DATA =
            "{\"id\":4711,\"event_type\":\"login\",\"user_id\":123456,\"severity\":\"info\",\"message\":\"%s\"}"
                    .formatted("x".repeat(120));

    private final double scale;
    private final SidecarProcess sidecar;
    private final Path folder;

    public StreamWork(Workshop workshop, double scale) throws IOException {
        this.scale = scale;
        this.folder = Files.createTempDirectory("duckfleet-benchmarks-stream-");
        this.sidecar = SidecarProcess.start(workshop);
    }

    @Override
    public List<Race> races() {
        return List.of(
                race("7 stream, one client", "stream_one", 1, scaled(SEQUENTIAL)),
                race("7 stream, 64 clients", "stream_many", CLIENTS, scaled(CONCURRENT)));
    }

    private int scaled(int count) {
        return (int) Math.max(CLIENTS, Math.round(count * scale));
    }

    private Race race(String name, String table, int clients, int count) {
        int each = count / clients;
        return new Race(
                name,
                "Single records over HTTP, each acked when it is on disk; the floor writes and forces as many without HTTP.",
                (long) each * clients,
                List.of(
                        new Contender("POST /ingest/stream", Role.OURS, () -> stream(table, clients, each)),
                        new Contender("append + fdatasync", Role.FLOOR, () -> append(each * clients))));
    }

    private Measurement append(int count) throws Exception {
        byte[] record = DATA.getBytes(StandardCharsets.UTF_8);
        return Measurement.timing(() -> AppendLoop.run(folder.resolve("append.log"), record, count));
    }

    private Measurement stream(String table, int clients, int each) throws Exception {
        PeakMemory.reset(sidecar.pid());
        List<LongStream> latencies = new ArrayList<>();
        Measurement measurement = Measurement.timing(() -> latencies.addAll(send(table, clients, each)));
        long[] sorted = latencies.stream().flatMapToLong(one -> one).sorted().toArray();
        System.out.printf(
                "             p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
                sorted[sorted.length / 2] / MILLION,
                sorted[(int) (sorted.length * 0.99)] / MILLION,
                sorted[sorted.length - 1] / MILLION);
        return measurement.withPeakBytes(PeakMemory.of(sidecar.pid()));
    }

    private List<LongStream> send(String table, int clients, int each) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Callable<LongStream>> work = IntStream.range(0, clients)
                    .<Callable<LongStream>>mapToObj(client -> () -> sendAll(table, each))
                    .toList();
            List<LongStream> latencies = new ArrayList<>();
            for (Future<LongStream> done : threads.invokeAll(work)) {
                latencies.add(done.get());
            }
            return latencies;
        }
    }

    private LongStream sendAll(String table, int count) throws IOException {
        long[] nanos = new long[count];
        try (StreamClient client = new StreamClient(sidecar.address(), table, DATA)) {
            for (int i = 0; i < count; i++) {
                nanos[i] = client.send();
            }
        }
        return LongStream.of(nanos);
    }

    @Override
    public void close() {
        sidecar.close();
        Folders.delete(folder);
    }
}
