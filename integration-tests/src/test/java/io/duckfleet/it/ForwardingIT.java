package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The coordinator hands the sidecar's requests on to it.
class ForwardingIT {

    private static final int LINES = 200_000;
    private static final int LINE_BYTES = 1_000;
    private static final long MOST_GROWTH = 120L << 20;

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "forwardinglake", Map.of());
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void putsRecordsIntoTheLake() {
        JsonNode answer = lake.post("/ingest", Map.of("table_name", "pets", "records", List.of(Map.of("name", "Rex"))));

        assertThat(answer.path("record_count").asInt()).isEqualTo(1);
        assertThat(lake.coordinator().query("SELECT name FROM pets").body()).isEqualTo("{\"name\":\"Rex\"}\n");
    }

    @Test
    void handsOnHeadersAndCompressedBodies() throws IOException {
        byte[] body = gzip("{\"table_name\": \"once\", \"records\": [{\"n\": 1}]}");

        JsonNode first = Json.read(postCompressed(body).body());
        HttpResponse<String> second = postCompressed(body);

        assertThat(first.path("status").asText()).isEqualTo("success");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Json.read(second.body()).path("duplicate").asBoolean()).isTrue();
        assertThat(lake.coordinator().query("SELECT count(*) AS n FROM once").body())
                .isEqualTo("{\"n\":1}\n");
    }

    private static HttpResponse<String> postCompressed(byte[] body) {
        return Http.send(HttpRequest.newBuilder(lake.at("/ingest"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Idempotency-Key", "forwarded once")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void handsOnStreamedRecordsFlushesAndQuestions() {
        assertThat(lake.post("/ingest/stream?table_name=drops", Map.of("data", Map.of("n", 1)))
                        .path("message")
                        .asText())
                .isEqualTo("Record buffered");
        assertThat(lake.get("/table/drops/count").path("buffered_count").asInt())
                .isEqualTo(1);
        assertThat(lake.get("/sidecar/health").path("buffer").path("records").asInt())
                .isEqualTo(1);
        assertThat(lake.post("/flush?table_name=drops", Map.of())
                        .path("record_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(lake.get("/table/drops/schema").path("schema").findValuesAsText("column_name"))
                .contains("n");
        assertThat(lake.get("/sidecar/tables").path("tables"))
                .extracting(JsonNode::asText)
                .contains("drops");
        assertThat(lake.post("/maintenance/merge", Map.of()).path("status").asText())
                .isEqualTo("success");
    }

    @Test
    void takesAFileOfManyMegabytesWithoutKeepingIt() {
        lake.post("/ingest", Map.of("table_name", "bulk", "records", List.of(Map.of("n", -1))));
        long before = residentBytes(lake.coordinator().service().pid());

        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(lake.at("/ingest?table_name=bulk"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(Lines::new)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("record_count").asInt()).isEqualTo(LINES);
        assertThat(residentBytes(lake.coordinator().service().pid()) - before).isLessThan(MOST_GROWTH);
    }

    /// As many lines of JSON as make 200 MB.
    private static final class Lines extends InputStream {

        private static final byte[] LINE =
                ("{\"n\": 7, \"text\": \"" + "x".repeat(LINE_BYTES - 22) + "\"}\n").getBytes(StandardCharsets.UTF_8);

        private long position;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == (long) LINES * LINE.length) {
                return -1;
            }
            int within = (int) (position % LINE.length);
            int count = Math.min(length, LINE.length - within);
            System.arraycopy(LINE, within, target, offset, count);
            position += count;
            return count;
        }
    }

    private static long residentBytes(long pid) {
        try {
            return Files.readString(Path.of("/proc/%d/status".formatted(pid)))
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void handsOnErrorsAsTheyAre() {
        HttpResponse<String> answer = Http.post(lake.at("/ingest"), "{\"records\": []}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.read(answer.body()).path("errors").path(0).path("field").asText())
                .isEqualTo("records");
    }

    @Test
    void stopsTheSidecarsWorkWhenTheClientGoesAway() throws IOException {
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), lake.coordinator().service().port())) {
            OutputStream out = client.getOutputStream();
            out.write(
                    "POST /ingest?table_name=gone HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{\"n\": 1}\n"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Await.until("the sidecar has the request", () -> requestsOfSidecar() == 1);
        }

        Await.until("the sidecar has given it up", () -> requestsOfSidecar() == 0);
        assertThat(lake.coordinator().query("FROM lake.gone").statusCode()).isEqualTo(400);
        assertThat(lake.get("/sidecar/tables").path("tables"))
                .extracting(JsonNode::asText)
                .doesNotContain("gone");
    }

    /// The requests under way at the sidecar, without the one that asks.
    private static double requestsOfSidecar() {
        return Http.get(lake.sidecar().at("/metrics"))
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("http_server_active_requests"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                - 1;
    }

    @Test
    void handsOnThatTheSidecarIsOverloaded() {
        try (OwnLake busy = OwnLake.start(fleet, "busylake", Map.of("DUCKFLEET_SIDECAR_MAX_REQUESTS", "0"))) {
            HttpResponse<String> answer = Http.post(busy.at("/ingest"), "{\"records\": [{\"n\": 1}]}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void namesASidecarThatIsAway() {
        int nobody = ChildService.freePort();
        try (OwnCoordinator coordinator =
                OwnCoordinator.over(Map.of(), Map.of("SIDECAR_URL", "http://127.0.0.1:" + nobody))) {
            JsonNode problem = problem(Http.post(coordinator.at("/ingest"), "{}"), 502, "sidecar_unreachable");

            assertThat(problem.path("detail").asText()).contains("http://127.0.0.1:" + nobody, "since");
            assertThat(coordinator.query("SELECT 1 AS one").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void doesNotWaitForASilentSidecarForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OwnCoordinator coordinator = OwnCoordinator.over(
                        Map.of(),
                        Map.of(
                                "SIDECAR_URL",
                                "http://127.0.0.1:" + silent.getLocalPort(),
                                "DUCKFLEET_COORDINATOR_FORWARD_IDLE_TIMEOUT",
                                "1s"))) {
            problem(Http.post(coordinator.at("/ingest"), "{\"records\": [{}]}"), 504, "deadline");
        }
    }

    @Test
    void knowsNoSidecarUnlessItIsTold() {
        try (OwnCoordinator coordinator = OwnCoordinator.over(Map.of(), Map.of())) {
            problem(Http.post(coordinator.at("/flush"), ""), 503, "sidecar_not_configured");
        }
    }

    @Test
    void makesSampleRecordsOnlyWhereThatIsEnabled() {
        problem(Http.post(lake.at("/generate"), "{\"type\": \"user\"}"), 403, "forbidden");
        JsonNode made = Json.read(fleet.post(
                        fleet.local().coordinator().resolve("/generate"),
                        "{\"type\": \"sensor\", \"count\": 70, \"table_name\": \"readings\"}")
                .body());

        assertThat(made.path("record_count").asInt()).as(made.toString()).isEqualTo(70);
        assertThat(fleet.query("SELECT count(location.lat) AS n FROM readings", "ndjson")
                        .body())
                .isEqualTo("{\"n\":70}\n");
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }
}
