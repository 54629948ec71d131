package io.duckfleet.sidecar.crash;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A client that writes without an end, and remembers what was acknowledged. What it sends with a key it
/// sends again until that is acknowledged; what it sends without one it sends once.
final class Writer implements Runnable {

    /// What is known of a record.
    enum Fate {
        ACKNOWLEDGED,
        UNCERTAIN
    }

    /// How records are sent.
    enum Way {
        BATCH,
        STREAM,
        STREAM_WITHOUT_KEY
    }

    private static final int PAUSE_NANOS = 20_000_000;
    private static final int BATCH_SIZE = 7;

    private final KillableFleet fleet;
    private final Way way;
    private final String name;
    private final Random random;
    private final ConcurrentMap<String, Fate> records = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean hopeless;

    Writer(KillableFleet fleet, Way way, int number, long seed) {
        this.fleet = fleet;
        this.way = way;
        this.name = "%s-%d".formatted(way, number);
        this.random = new Random(seed + number);
    }

    @Override
    public void run() {
        for (int i = 0; !stopping; i++) {
            switch (way) {
                case BATCH -> batch(i);
                case STREAM -> until(i);
                case STREAM_WITHOUT_KEY -> once(i);
            }
            LockSupport.parkNanos(random.nextInt(PAUSE_NANOS));
        }
    }

    /// Ends after what it is about to send has been acknowledged.
    void stop() {
        stopping = true;
    }

    /// Ends soon, whatever is not acknowledged.
    void giveUp() {
        hopeless = true;
        stopping = true;
    }

    Map<String, Fate> records() {
        return Map.copyOf(records);
    }

    private String table() {
        return "crash_" + (way == Way.BATCH ? "batch" : "stream");
    }

    private String record(String id) {
        return "{\"id\":\"%s\",\"writer\":\"%s\",\"value\":%d}".formatted(id, name, random.nextInt(1_000));
    }

    private void batch(int number) {
        String body = IntStream.range(0, BATCH_SIZE)
                .mapToObj(i -> record(id(number) + "-" + i))
                .collect(Collectors.joining(",", "{\"table_name\":\"%s\",\"records\":[".formatted(table()), "]}"));
        HttpRequest.Builder request = HttpRequest.newBuilder(fleet.sidecar().resolve("/ingest"))
                .header("Idempotency-Key", id(number))
                .POST(BodyPublishers.ofString(body));
        insist(request);
        IntStream.range(0, BATCH_SIZE).forEach(i -> records.put(id(number) + "-" + i, Fate.ACKNOWLEDGED));
    }

    private void until(int number) {
        insist(stream(number).header("Idempotency-Key", id(number)));
        records.put(id(number), Fate.ACKNOWLEDGED);
    }

    private void once(int number) {
        int status = fleet.status(stream(number));
        records.put(id(number), status == 200 ? Fate.ACKNOWLEDGED : Fate.UNCERTAIN);
        if (status != 200) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private HttpRequest.Builder stream(int number) {
        return HttpRequest.newBuilder(fleet.sidecar().resolve("/ingest/stream?table_name=" + table()))
                .POST(BodyPublishers.ofString("{\"data\":%s}".formatted(record(id(number)))));
    }

    /// Only an outage may be in the way of a record that is good.
    private void insist(HttpRequest.Builder request) {
        int status = fleet.status(request);
        while (status != 200) {
            if (status != 0 && status != 502 && status != 503 && status != 504 && status != 429) {
                throw new IllegalStateException("a good record was answered with %d".formatted(status));
            }
            if (hopeless) {
                throw new IllegalStateException("a good record was not taken before the fleet was given up");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            status = fleet.status(request);
        }
    }

    private String id(int number) {
        return name + "-" + number;
    }
}
