package io.duckfleet.sidecar.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.crash.KillableFleet.Part;
import io.duckfleet.sidecar.crash.Writer.Fate;
import io.duckfleet.sidecar.crash.Writer.Way;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers that count their acks, while sidecar, Postgres and S3 server are killed with `kill -9` at random
/// moments: afterwards each acknowledged record is in the lake once, and none is there twice.
/// `-Dduckfleet.crash.rounds=200` is the long run; `-Dduckfleet.crash.seed` repeats one as far as processes
/// can be repeated.
class CrashLoopIT {

    private static final Logger LOG = Logger.getLogger(CrashLoopIT.class);
    private static final int ROUNDS = Integer.getInteger("duckfleet.crash.rounds", 10);
    private static final long SEED = Long.getLong("duckfleet.crash.seed", System.nanoTime());
    private static final int LONGEST_MILLIS = 1_200;
    private static final List<Part> PARTS = List.of(Part.SIDECAR, Part.POSTGRES, Part.S3);

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereOnceWhateverIsKilled() throws Exception {
        LOG.infof("%d rounds with seed %d", ROUNDS, SEED);
        Map<String, Fate> fates = new HashMap<>();
        try (KillableFleet fleet = new KillableFleet(folder)) {
            writeThroughCrashes(fleet).forEach(writer -> fates.putAll(writer.records()));
            flush(fleet);

            try (DuckDb reader = TestBackends.reader(fleet.variables())) {
                check(reader, fates);
            }
        }
    }

    private List<Writer> writeThroughCrashes(KillableFleet fleet) throws Exception {
        List<Writer> writers = new ArrayList<>();
        for (Way way : Way.values()) {
            writers.add(new Writer(fleet, way, 1, SEED));
            writers.add(new Writer(fleet, way, 2, SEED));
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(writers.size())) {
            List<Future<?>> running = new ArrayList<>();
            writers.forEach(writer -> running.add(clients.submit(writer)));
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    crash(fleet, round, writers);
                }
            } catch (Exception | AssertionError e) {
                writers.forEach(Writer::giveUp);
                throw e;
            }
            writers.forEach(Writer::stop);
            for (Future<?> writer : running) {
                writer.get(3, TimeUnit.MINUTES);
            }
        }
        return writers;
    }

    /// One part, sometimes two at once, after a while that is as long as chance has it.
    private void crash(KillableFleet fleet, int round, List<Writer> writers) throws Exception {
        awhile();
        List<Part> victims = new ArrayList<>(List.of(PARTS.get(random.nextInt(PARTS.size()))));
        if (random.nextInt(4) == 0) {
            victims.add(victims.getFirst() == Part.SIDECAR ? Part.POSTGRES : Part.SIDECAR);
        }
        for (Part victim : victims) {
            fleet.kill(victim);
        }
        awhile();
        for (Part victim : victims.reversed()) {
            fleet.start(victim);
        }
        fleet.awaitHealth();
        LOG.infof(
                "round %d: %s, %d records so far",
                round,
                victims,
                writers.stream().mapToInt(writer -> writer.records().size()).sum());
    }

    private void awhile() {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)).toNanos());
    }

    private static void flush(KillableFleet fleet) {
        int status = fleet.status(
                HttpRequest.newBuilder(fleet.sidecar().resolve("/flush")).POST(BodyPublishers.noBody()));
        assertThat(status).as("the flush at the end").isEqualTo(200);
    }

    private static void check(DuckDb reader, Map<String, Fate> fates) {
        Map<String, Long> found = new HashMap<>();
        for (String table : List.of("crash_batch", "crash_stream")) {
            reader.withSession(session ->
                    session.query("SELECT id, count(*) FROM lake.data.%s GROUP BY id".formatted(table), rows -> {
                        while (rows.next()) {
                            found.put(rows.getString(1), rows.getLong(2));
                        }
                        return true;
                    }));
        }
        List<String> lost = fates.entrySet().stream()
                .filter(record -> record.getValue() == Fate.ACKNOWLEDGED && !found.containsKey(record.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        List<String> doubled = found.entrySet().stream()
                .filter(record -> record.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        List<String> strange =
                found.keySet().stream().filter(id -> !fates.containsKey(id)).toList();
        long acknowledged = fates.values().stream()
                .filter(fate -> fate == Fate.ACKNOWLEDGED)
                .count();
        LOG.infof(
                "%d acknowledged, %d uncertain, %d in the lake",
                acknowledged, fates.size() - acknowledged, found.size());
        assertThat(acknowledged).as("acknowledged records").isPositive();
        assertThat(lost).as("acknowledged, and not in the lake").isEmpty();
        assertThat(doubled).as("in the lake more than once").isEmpty();
        assertThat(strange).as("in the lake, and never sent").isEmpty();
    }
}
