package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `/query/recent` and `/query/date-range` give the newest records, in whichever files they are and whatever the
/// catalog knows of those.
class NewestRecordsIT {

    private static final int MOST = 40;

    /// Of records that the other tests don't look for.
    private static final String LONG_AGO = "2024-01-01T00:00:00Z";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @TempDir
    static Path spill;

    private static OwnLake lake;
    private static Instant now;

    /// The records that there are, by the minutes since they were ingested.
    private static final List<Integer> ages = new ArrayList<>();

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        lake = OwnLake.start(fleet, "newestrecords", Map.of());
        ingest("times", IntStream.range(20, 30).boxed().toList());
        ingest("times", List.of(5, 25, 35));
        ingest("others", List.of(1, 22, 50));
        ingest("times", IntStream.range(40, 45).boxed().toList());
        ingest("times", List.of(2, 3, 4));
        ingest("apart", List.of(30, 31));
        ingest("apart", List.of(6, 7));
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    private static void ingest(String table, List<Integer> minutes) {
        lake.ingest(table, minutes.stream().map(NewestRecordsIT::record).toList());
        ages.addAll(minutes);
    }

    private static Map<String, Object> record(int minutes) {
        return Map.of("age", minutes, "ingested_at", time(minutes).toString());
    }

    private static Instant time(int minutes) {
        return now.minus(minutes, ChronoUnit.MINUTES);
    }

    @Test
    void areThoseOfAllFilesAndTables() {
        requireNewest();
    }

    @Test
    void areFoundInTheFilesThatHaveThem() {
        JsonNode answer = lake.get("/query/recent?table=apart&limit=2");

        assertThat(agesIn(answer)).containsExactly(6, 7);
        assertThat(lake.localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    @Test
    void ofARangeAreThoseOfAllFilesAndTables() {
        for (int limit = 1; limit <= MOST; limit++) {
            assertThat(agesIn(inRange("all_records", "ingested_at", time(40), time(4), limit)))
                    .as("the newest %d of the range", limit)
                    .isEqualTo(ages.stream()
                            .filter(age -> age > 4 && age <= 40)
                            .sorted()
                            .limit(limit)
                            .toList());
        }
    }

    @Test
    void ofARangeAreFoundInTheFilesThatHaveThem() {
        JsonNode answer = inRange("apart", "ingested_at", time(100), time(0), 2);

        assertThat(agesIn(answer)).containsExactly(6, 7);
        assertThat(lake.localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    @Test
    void ofDaysAreFoundInTheFilesOfTheLastOnes() {
        for (int day = 1; day <= 9; day++) {
            Map<String, Object> record =
                    Map.of("age", 10 - day, "partition_date", "2025-03-0" + day, "ingested_at", LONG_AGO);
            lake.ingest("days", List.of(record, record));
        }

        JsonNode answer = lake.post(
                "/query/date-range",
                Map.of(
                        "start_date", "2025-01-01",
                        "end_date", "2025-03-08",
                        "date_field", "partition_date",
                        "table", "days",
                        "limit", 3));

        assertThat(agesIn(answer)).containsExactly(2, 2, 3);
        assertThat(lake.localPlan(answer)).containsPattern("Total Files Read: 2\\b");
    }

    @Test
    void ofTextsAndNestedTimesAreFoundAllTheSame() {
        lake.ingest(
                "odd",
                List.of(
                        Map.of(
                                "age",
                                1,
                                "ingested_at",
                                LONG_AGO,
                                "seen",
                                "2025-03-02 and later",
                                "at",
                                Map.of("time", "2025-03-02T10:00:00Z")),
                        Map.of(
                                "age",
                                2,
                                "ingested_at",
                                LONG_AGO,
                                "seen",
                                "2025-03-01",
                                "at",
                                Map.of("time", "2025-03-03T10:00:00Z"))));

        assertThat(agesIn(lake.post("/query/date-range", days("at.time")))).containsExactly(2, 1);
        assertThat(agesIn(lake.post("/query/date-range", days("seen")))).containsExactly(2);
    }

    private static Map<String, Object> days(String field) {
        return Map.of("start_date", "2025-03-01", "end_date", "2025-03-31", "date_field", field, "table", "odd");
    }

    private static JsonNode inRange(String table, String field, Instant start, Instant end, int limit) {
        return lake.post(
                "/query/date-range",
                Map.of(
                        "start_date", start.toString(),
                        "end_date", end.toString(),
                        "date_field", field,
                        "table", table,
                        "limit", limit));
    }

    @Test
    void areNotThoseThatAreDeleted() {
        write("DELETE FROM lake.data.times WHERE age IN (2, 4)");
        ages.removeAll(List.of(2, 4));

        requireNewest();
    }

    /// The catalog counts them as records of that file, all of whose times are new.
    @Test
    void areNotThoseWithoutATime() {
        write(
                "INSERT INTO lake.data.times (age, ingested_at) VALUES (0, TIMESTAMPTZ '%s'), (-1, NULL), (-2, NULL), (-3, NULL)"
                        .formatted(time(0)));
        ages.add(0);

        requireNewest();
    }

    /// Tables that others make in the lake may have a column of that name and another type.
    @Test
    void areFoundBesideTextsThatAreNoTimes() {
        write("CREATE TABLE lake.data.foreign AS SELECT 8 AS age, 'some day' AS ingested_at UNION ALL SELECT 0, '%s'"
                .formatted(time(0)));

        assertThat(agesIn(lake.get("/query/recent?table=foreign"))).containsExactly(0);
        assertThat(agesIn(lake.get("/query/recent?limit=1"))).containsExactly(0);
        assertThat(lake.get("/files?table=foreign").path("status").asText()).isEqualTo("success");
        assertThat(lake.get("/statistics").path("status").asText()).isEqualTo("success");
        write("DROP TABLE lake.data.foreign");
    }

    private static void requireNewest() {
        List<Integer> newest = ages.stream().sorted().toList();
        for (int limit = 1; limit <= MOST; limit++) {
            assertThat(agesIn(lake.get("/query/recent?hours=2&limit=" + limit)))
                    .as("the newest %d", limit)
                    .isEqualTo(newest.subList(0, Math.min(limit, newest.size())));
        }
    }

    private static List<Integer> agesIn(JsonNode answer) {
        return answer.path("data").findValues("age").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static void write(String sql) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(spill));
                Session session = database.open()) {
            LakeAttachment.readWrite(session, lake.settings());
            session.execute(sql);
        }
    }
}
