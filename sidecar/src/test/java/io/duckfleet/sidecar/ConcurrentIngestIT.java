package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many writers at once, and catalogs that go away under them. `-Dduckfleet.writers=64` is the full number.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class ConcurrentIngestIT {

    private static final int CLIENTS = Integer.getInteger("duckfleet.writers", 16);
    private static final int POSTS = 12;
    private static final int RECORDS = 5;
    private static final int TABLES = 8;

    LakeBackends lake = new LakeBackends();

    private String single(String sql) {
        return lake.reader().withSession(session -> session.queryText(sql));
    }

    private static Response ingest(String body) {
        return given().body(body).post("/ingest");
    }

    @Test
    void losesNothingAndDoublesNothingWhileSchemasGrow() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> work = IntStream.range(0, CLIENTS)
                    .<Callable<Void>>mapToObj(this::client)
                    .toList();
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
        }

        for (int table = 0; table < TABLES; table++) {
            int expected = CLIENTS / TABLES * POSTS * RECORDS;
            assertThat(single("SELECT count(*) || ' ' || count(DISTINCT record_id) FROM lake.data.busy_" + table))
                    .isEqualTo(expected + " " + expected);
            assertThat(single("SELECT count(*) FROM (DESCRIBE lake.data.busy_%d) WHERE column_name LIKE 'field_%%'"
                            .formatted(table)))
                    .isEqualTo(Integer.toString(POSTS));
        }
    }

    private Callable<Void> client(int client) {
        return () -> {
            for (int post = 0; post < POSTS; post++) {
                Response response = ingest(batch(client, post));
                assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
                String table = "busy_" + client % TABLES;
                assertThat(single("SELECT count(*) FROM lake.data.%s WHERE client = %d AND post = %d"
                                .formatted(table, client, post)))
                        .as("rows that a reader sees right after the answer")
                        .isEqualTo(Integer.toString(RECORDS));
            }
            return null;
        };
    }

    private static String batch(int client, int post) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            records.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"%d-%d-%d\",\"client\":%d,\"post\":%d,\"field_%d\":%d,\"grows\":%s}"
                            .formatted(client, post, i, client, post, post, i, post < 6 ? "1" : "1.5"));
        }
        return "{\"table_name\":\"busy_%d\",\"records\":[%s]}".formatted(client % TABLES, records);
    }

    @Test
    void oneKeySentByManyAtOnceCommitsOnce() throws Exception {
        String body = "{\"table_name\":\"race\",\"records\":[{\"a\":1}]}";
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Integer>> work = IntStream.range(0, CLIENTS)
                    .<Callable<Integer>>mapToObj(i -> () -> given().header("Idempotency-Key", "one")
                            .body(body)
                            .post("/ingest")
                            .statusCode())
                    .toList();
            for (Future<Integer> status : clients.invokeAll(work)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(single("SELECT count(*) FROM lake.data.race")).isEqualTo("1");
    }

    @Test
    void aBadBatchFailsAloneInItsGroup() throws Exception {
        ingest("{\"table_name\":\"mixed\",\"records\":[{\"n\":1}]}");
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Integer>> work = IntStream.range(0, CLIENTS)
                    .<Callable<Integer>>mapToObj(i -> () -> ingest("{\"table_name\":\"mixed\",\"records\":[{\"n\":%s}]}"
                                    .formatted(i % 2 == 0 ? Integer.toString(i) : "\"no number\""))
                            .statusCode())
                    .toList();
            List<Integer> statuses =
                    clients.invokeAll(work).stream().map(Future::resultNow).toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(CLIENTS / 2);
            assertThat(statuses).filteredOn(status -> status == 422).hasSize(CLIENTS / 2);
        }

        assertThat(single("SELECT count(*) FROM lake.data.mixed")).isEqualTo(Integer.toString(CLIENTS / 2 + 1));
    }

    @Test
    void goesOnWhenTheConnectionsToTheCatalogAreCut() {
        assertThat(ingest("{\"table_name\":\"cut\",\"records\":[{\"n\":0}]}").statusCode())
                .isEqualTo(200);
        int acked = 1;
        for (int i = 1; i <= 20; i++) {
            if (i % 4 == 0) {
                lake.backends().cutConnections();
            }
            int status = given().header("Idempotency-Key", "cut-" + i)
                    .body("{\"table_name\":\"cut\",\"records\":[{\"n\":%d}]}".formatted(i))
                    .post("/ingest")
                    .statusCode();
            assertThat(status).isIn(200, 502);
            acked += status == 200 ? 1 : 0;
        }

        assertThat(ingest("{\"table_name\":\"cut\",\"records\":[{\"n\":21}]}").statusCode())
                .isEqualTo(200);
        assertThat(Integer.parseInt(freshCount("cut"))).isGreaterThanOrEqualTo(acked + 1);
        assertThat(given().get("/health").statusCode()).isEqualTo(200);
    }

    /// The connections of the reader were cut as well: its first look may fail.
    private String freshCount(String table) {
        String sql = "SELECT count(DISTINCT n) FROM lake.data.%s HAVING count(*) = count(DISTINCT n)".formatted(table);
        try {
            return single(sql);
        } catch (io.duckfleet.common.errors.FleetException cut) {
            return single(sql);
        }
    }
}
