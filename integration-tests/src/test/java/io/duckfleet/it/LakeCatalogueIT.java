package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The coordinator tells what the lake's catalog knows.
class LakeCatalogueIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;
    private static long first;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "cataloguelake", Map.of());
        first = lake.ingest(
                        "events",
                        List.of(
                                Map.of(
                                        "id",
                                        "1",
                                        "partition_date",
                                        "2025-10-06",
                                        "n",
                                        1,
                                        "ingested_at",
                                        "2025-10-06T01:00:00Z"),
                                Map.of("id", "2", "partition_date", "2025-10-12", "n", 2),
                                Map.of("id", "3", "partition_date", "2025-10-13", "n", 3)))
                .path("snapshot_id")
                .asLong();
        lake.ingest("events", List.of(Map.of("id", "4", "partition_date", "2025-10-13", "n", 4, "colour", "red")));
        lake.ingest("other", List.of(Map.of("id", "5", "partition_date", "2025-11-01")));
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void countsRecordsByWeekNewestFirst() {
        JsonNode statistics = lake.get("/statistics").path("query_statistics");

        assertThat(statistics.path("total_records").asLong()).isEqualTo(5);
        assertThat(statistics.path("weekly_distribution").toString())
                .isEqualTo(
                        "[{\"week\":\"2025-10-27T00:00:00Z\",\"count\":1},{\"week\":\"2025-10-13T00:00:00Z\",\"count\":2},"
                                + "{\"week\":\"2025-10-06T00:00:00Z\",\"count\":2}]");
        assertThat(statistics.path("date_range").path("earliest").asText()).isEqualTo("2025-10-06T01:00:00Z");
        assertThat(Instant.parse(statistics.path("date_range").path("latest").asText()))
                .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
        assertThat(statistics.path("schema").findValuesAsText("column_name")).contains("_table", "id", "n", "colour");
        assertThat(statistics.path("tables").findValuesAsText("records")).containsExactly("4", "1");
    }

    @Test
    void countsOneTablesRecords() {
        JsonNode answer = lake.get("/statistics?table=events");

        assertThat(answer.path("query_statistics").path("total_records").asLong())
                .isEqualTo(4);
        assertThat(answer.path("file_statistics")).hasSize(4);
        assertThat(answer.path("timestamp").asText()).endsWith("Z");
    }

    @Test
    void listsFilesWithTheirPartitions() {
        JsonNode answer = lake.get("/files");

        assertThat(answer.path("status").asText()).isEqualTo("success");
        assertThat(answer.path("total_files").asInt())
                .isEqualTo(5)
                .isEqualTo(answer.path("files").size());
        JsonNode file = answer.path("files").path(0);
        assertThat(file.path("filename").asText()).endsWith(".parquet").doesNotContain("/");
        assertThat(file.path("row_count").asLong()).isEqualTo(1);
        assertThat(file.path("file_size_mb").decimalValue()).isPositive();
        assertThat(file.path("columns").asInt()).isEqualTo(5);
        assertThat(Instant.parse(file.path("modified").asText()))
                .isAfter(Instant.now().minus(Duration.ofHours(1)));
        assertThat(file.path("table").asText()).isEqualTo("events");
        assertThat(file.path("partition").asText()).isEqualTo("year=2025/month=10/day=6");
        assertThat(file.path("partition_date").asText()).isEqualTo("2025-10-06");
        assertThat(file.path("path").asText())
                .startsWith("s3://cataloguelake/data/events/year=2025/month=10/day=6/")
                .endsWith(file.path("filename").asText());
    }

    @Test
    void tellsTheSchemaOfOneTable() {
        JsonNode answer = lake.get("/schema?table=events");

        assertThat(answer.path("status").asText()).isEqualTo("success");
        JsonNode colour = column(answer, "colour");
        assertThat(colour.path("column_type").asText()).isEqualTo("VARCHAR");
        assertThat(colour.path("null").asText()).isEqualTo("YES");
        assertThat(colour.fieldNames()).toIterable().contains("key", "default", "extra");
        assertThat(colour.path("since_snapshot").asLong()).isGreaterThan(first);
        assertThat(column(answer, "n").path("since_snapshot").asLong()).isLessThanOrEqualTo(first);
    }

    @Test
    void tellsTheSchemaOfAllRecords() {
        assertThat(lake.get("/schema").path("schema").findValuesAsText("column_name"))
                .containsExactlyInAnyOrder("_table", "id", "n", "colour", "partition_date", "ingested_at", "record_id");
    }

    private static JsonNode column(JsonNode answer, String name) {
        for (JsonNode column : answer.path("schema")) {
            if (column.path("column_name").asText().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("no column " + name + " in " + answer);
    }

    @Test
    void tellsWhatEachCommitChanged() {
        JsonNode snapshots = lake.get("/snapshots").path("snapshots");
        JsonNode commit = snapshot(snapshots, first);

        assertThat(commit.path("rows").asLong()).isEqualTo(3);
        assertThat(commit.path("files").asLong()).isEqualTo(3);
        assertThat(Instant.parse(commit.path("time").asText()))
                .isAfter(Instant.now().minus(Duration.ofHours(1)));
        assertThat(commit.path("author").asText()).isNotEmpty();
        assertThat(commit.path("message").asText()).isNotEmpty();
        assertThat(commit.path("changes").findValuesAsText("change")).contains("inserted_into_table");
        assertThat(commit.path("changes").findValuesAsText("table")).contains("events");
        assertThat(snapshots.findValues("id"))
                .extracting(JsonNode::asLong)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void countsACommitsRowsAlsoWhenItsFilesAreMerged() {
        long merged = lake.ingest("merging", List.of(Map.of("id", "1"), Map.of("id", "2")))
                .path("snapshot_id")
                .asLong();
        lake.ingest("merging", List.of(Map.of("id", "3")));

        assertThat(Http.post(lake.sidecar().at("/maintenance/merge"), "").statusCode())
                .isEqualTo(200);

        assertThat(snapshot(lake.get("/snapshots").path("snapshots"), merged)
                        .path("rows")
                        .asLong())
                .isEqualTo(2);
        assertThat(lake.get("/statistics?table=merging")
                        .path("query_statistics")
                        .path("total_records")
                        .asLong())
                .isEqualTo(3);
        Http.delete(lake.sidecar().at("/table/merging"));
    }

    @Test
    void goesOnToOlderCommits() {
        assertThat(lake.get("/snapshots?limit=1&to=" + first).path("snapshots").findValuesAsText("id"))
                .containsExactly(Long.toString(first));
    }

    private static JsonNode snapshot(JsonNode snapshots, long id) {
        for (JsonNode snapshot : snapshots) {
            if (snapshot.path("id").asLong() == id) {
                return snapshot;
            }
        }
        throw new AssertionError("no snapshot " + id + " in " + snapshots);
    }
}
