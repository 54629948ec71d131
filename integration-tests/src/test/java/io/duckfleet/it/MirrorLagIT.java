package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The Iceberg tables follow while 64 clients write, never a minute behind. A few seconds of writing here;
/// `-Dduckfleet.mirror.seconds=180` is the long run, with which more than one round of the usual interval is
/// seen.
class MirrorLagIT {

    private static final System.Logger LOG = System.getLogger(MirrorLagIT.class.getName());
    private static final Duration WRITING = Duration.ofSeconds(Integer.getInteger("duckfleet.mirror.seconds", 5));
    private static final boolean LONG = WRITING.toSeconds() > 60;
    private static final int CLIENTS = 64;
    private static final int TABLES = 8;
    private static final long MOST_SECONDS = 60;

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void followsWhileManyWrite() throws InterruptedException {
        Map<String, String> settings = LONG
                ? Map.of("ICEBERG_ENABLED", "true")
                : Map.of("ICEBERG_ENABLED", "true", "DUCKFLEET_SIDECAR_ICEBERG_SYNC_EVERY", "1s");
        try (OwnLake lake = OwnLake.start(fleet, "mirrorlag", settings);
                IcebergReader reader = new IcebergReader(lake.settings())) {
            AtomicLong written = new AtomicLong();
            Instant end = Instant.now().plus(WRITING);
            long largest = 0;
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, CLIENTS)
                        .forEach(client -> clients.execute(() -> write(lake, "t" + client % TABLES, written, end)));
                while (Instant.now().isBefore(end)) {
                    largest = Math.max(largest, lag(lake));
                }
            }
            largest = Math.max(largest, lag(lake));
            LOG.log(
                    System.Logger.Level.INFO,
                    "%d records of %d clients in %s, the largest lag was %d s"
                            .formatted(written.get(), CLIENTS, WRITING, largest));

            assertThat(largest).as("seconds behind").isLessThan(MOST_SECONDS);
            Await.until(
                    "all is shown",
                    () -> IntStream.range(0, TABLES)
                                    .mapToLong(table -> reader.rows("t" + table))
                                    .sum()
                            == written.get());
        }
    }

    private static void write(OwnLake lake, String table, AtomicLong written, Instant end) {
        while (Instant.now().isBefore(end)) {
            lake.ingest(table, List.of(Map.of("id", 1), Map.of("id", 2)));
            written.addAndGet(2);
        }
    }

    /// 0 before the first time.
    private static long lag(OwnLake lake) {
        return Json.read(Http.get(lake.sidecar().at("/health")).body())
                .path("iceberg")
                .path("lag_seconds")
                .asLong();
    }
}
