package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Results that are larger than the coordinator's heap go out as fast as they are read, in every format, and
/// stop when nobody reads them any more.
class SlowReadersIT {

    /// Some 330 MB as CSV, more as JSON, 140 MB in columns; the coordinator's heap has 256 MB.
    private static final String LARGE =
            "WITH wide AS (SELECT i, (hash(i) // 2)::BIGINT AS a FROM range(2000000) r(i)) SELECT i, a, a - 1 AS b, a - 2 AS c,"
                    + " a - 3 AS d, a - 4 AS e, a - 5 AS f, a - 6 AS g, a - 7 AS h FROM wide /* %s %s */";

    private static final Set<String> COLUMNAR = Set.of("arrow", "parquet");
    private static final int FIRST_BYTES = 1 << 20;
    private static final int QUERIES_MEANWHILE = 20;

    /// The longest that may be asked for: how fast the machine is, is no matter here.
    private static final int DEADLINE_MS = 600_000;

    private static OwnCoordinator coordinator;

    @BeforeAll
    static void start() {
        coordinator = OwnCoordinator.over(Map.of(), Map.of());
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "text", "arrow", "parquet"})
    void holdUpTheirOwnResultAlone(String format) throws IOException {
        String sql = LARGE.formatted("slow", format);
        try (Socket socket = send(sql, format)) {
            InputStream in = socket.getInputStream();
            long read = in.readNBytes(FIRST_BYTES).length;

            for (int i = 0; i < QUERIES_MEANWHILE; i++) {
                assertThat(coordinator.query("SELECT 1 AS one").body()).isEqualTo("{\"one\":1}\n");
            }
            assertThat(state(sql)).isEqualTo("running");

            byte[] last = new byte[0];
            for (byte[] next = in.readNBytes(FIRST_BYTES); next.length > 0; next = in.readNBytes(FIRST_BYTES)) {
                read += next.length;
                last = next;
            }
            assertThat(read).isGreaterThan(COLUMNAR.contains(format) ? 100L << 20 : 256L << 20);
            assertThat(new String(last, StandardCharsets.ISO_8859_1)).endsWith("\r\n0\r\n\r\n");
        }
        Await.until("the query has ended", () -> state(sql).equals("finished"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "text", "arrow", "parquet"})
    void endTheirQueryByGoingAwayWhileTheyRead(String format) throws IOException {
        String sql = LARGE.formatted("gone", format);
        try (Socket socket = send(sql, format)) {
            assertThat(socket.getInputStream().readNBytes(FIRST_BYTES)).hasSize(FIRST_BYTES);
        }

        awaitEnd(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "text", "arrow", "parquet"})
    void endTheirQueryByGoingAwayBeforeItsFirstRow(String format) throws IOException {
        String sql =
                "SELECT i, j FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) %% 7 = j ORDER BY j, i /* %s */"
                        .formatted(format);
        try (Socket socket = send(sql, format)) {
            Await.until("the query runs", () -> state(sql).equals("running"));
            socket.shutdownOutput();
        }

        awaitEnd(sql);
    }

    private static void awaitEnd(String sql) {
        Await.until("the query has ended: " + sql, () -> !state(sql).equals("running"));
        assertThat(state(sql)).isIn("cancelled", "failed");
        for (String metric : new String[] {"duckfleet_coordinator_sessions", "duckfleet_coordinator_scratch_files"}) {
            Await.until(metric + " is 0", () -> coordinator.metric(metric) == 0);
        }
    }

    private static Socket send(String sql, String format) throws IOException {
        byte[] body =
                Json.write(Map.of("query", sql, "timeout_ms", DEADLINE_MS)).getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /query?format=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                        .formatted(format, body.length);
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), coordinator.service().port());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    private static String state(String sql) {
        return StreamSupport.stream(coordinator.get("/queries").path("queries").spliterator(), false)
                .filter(query -> query.path("query").asText().equals(sql))
                .map(query -> query.path("state").asText())
                .findFirst()
                .orElse("");
    }
}
