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

/// `/query/recent` gives the newest records, in whichever files they are and whatever the catalog knows of those.
class NewestRecordsIT {

    private static final int MOST = 40;

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
