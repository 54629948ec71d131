package io.duckfleet.sidecar.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However long a body is, the sidecar takes the memory that a shorter one takes.
/// (It takes one round of a large batch, which the short one has.) `-Dduckfleet.memory.megabytes=2000` is
/// the long run.
class FlatMemoryIT {

    private static final Logger LOG = Logger.getLogger(FlatMemoryIT.class);
    private static final int SHORT = 96;
    private static final int LONG = Integer.getInteger("duckfleet.memory.megabytes", 192);
    private static final int ALLOWED = 200;
    private static final int LINES_A_MEGABYTE = 4_096;

    @TempDir
    Path folder;

    @Test
    void aLongBodyTakesTheMemoryOfAShortOne() throws Exception {
        assumeThat(Files.exists(Path.of("/proc/self/status"))).isTrue();
        try (KillableFleet fleet = new KillableFleet(folder)) {
            send(fleet, SHORT);
            long before = fleet.peakMegabytes();

            send(fleet, LONG);

            long after = fleet.peakMegabytes();
            LOG.infof("%d MB at a body of %d MB, %d MB at one of %d MB", before, SHORT, after, LONG);
            assertThat(after - before).as("megabytes more").isLessThan(ALLOWED);
        }
    }

    private static void send(KillableFleet fleet, int megabytes) {
        int status = fleet.status(HttpRequest.newBuilder(fleet.sidecar().resolve("/ingest?table_name=long"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> lines(megabytes))));
        assertThat(status).isEqualTo(200);
    }

    /// Made while it is sent, so that only the sidecar could need memory for it.
    @SuppressWarnings("JdkObsolete") // what a SequenceInputStream takes
    private static InputStream lines(int megabytes) {
        Iterator<String> texts =
                IntStream.range(0, megabytes).mapToObj(FlatMemoryIT::text).iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return texts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(texts.next().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static String text(int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES_A_MEGABYTE; i++) {
            int id = number * LINES_A_MEGABYTE + i;
            text.append("{\"id\":%d,\"name\":\"record %1$d\",\"value\":%d.5,\"filler\":\"%s\"}\n"
                    .formatted(id, id % 977, "lorem ipsum ".repeat(16)));
        }
        return text.toString();
    }
}
