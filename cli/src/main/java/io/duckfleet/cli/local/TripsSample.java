package io.duckfleet.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/// New York taxi trips for the lake: the rows of `samples/taxis.csv.gz` as JSON records, ingested through
/// the sidecar as everybody does it. Columns keep the file's names; the day of the pick-up is the
/// partition.
final class TripsSample {

    private static final String TABLE = "trips";
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration INGEST = Duration.ofMinutes(1);
    private static final Duration VISIBLE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = 200_000_000;

    private static final String RECORDS = """
            SELECT to_json(trip)::VARCHAR
            FROM (SELECT * REPLACE (
                      strftime(tpep_pickup_datetime, '%Y-%m-%dT%H:%M:%S') AS tpep_pickup_datetime,
                      strftime(tpep_dropoff_datetime, '%Y-%m-%dT%H:%M:%S') AS tpep_dropoff_datetime),
                      strftime(tpep_pickup_datetime, '%Y-%m-%d') AS partition_date
                  FROM read_csv(?, sample_size = -1)) trip
            """;

    private final JsonClient http;
    private final Path samples;

    TripsSample(JsonClient http, Path samples) {
        this.http = http;
        this.samples = samples;
    }

    /// Ingests the trips, unless the sidecar knows the table already, and returns when the coordinator
    /// knows it, too.
    ///
    /// @throws CommandFailure if the sidecar doesn't take them, or the coordinator doesn't see them within
    /// a minute
    void load(URI sidecar, URI coordinator) {
        ingest(sidecar);
        awaitVisibleAt(coordinator);
    }

    private void ingest(URI sidecar) {
        try {
            if (has(sidecar)) {
                return;
            }
            byte[] body = "{\"table_name\":\"%s\",\"records\":[%s]}"
                    .formatted(TABLE, String.join(",", records()))
                    .getBytes(StandardCharsets.UTF_8);
            require(http.post(sidecar.resolve("/ingest"), body, INGEST));
        } catch (IOException e) {
            throw new CommandFailure(
                    "the sample trips can't be ingested by %s: %s".formatted(sidecar, e.getMessage()), e);
        }
    }

    private void awaitVisibleAt(URI coordinator) {
        long end = System.nanoTime() + VISIBLE.toNanos();
        while (!isVisibleAt(coordinator)) {
            if (System.nanoTime() > end) {
                throw new CommandFailure("the coordinator at %s doesn't see the table %s of the lake after %d s"
                        .formatted(coordinator, TABLE, VISIBLE.toSeconds()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isVisibleAt(URI coordinator) {
        try {
            return has(coordinator);
        } catch (IOException e) {
            return false;
        }
    }

    /// Sidecar and coordinator list tables alike, but that the coordinator tells more of each than its name.
    private boolean has(URI service) throws IOException {
        JsonNode tables = require(http.get(service.resolve("/tables"), LOOK)).path("tables");
        return StreamSupport.stream(tables.spliterator(), false)
                .anyMatch(table -> table.path("name").asText(table.asText()).equals(TABLE));
    }

    private List<String> records() {
        String file = samples.resolve("taxis.csv.gz").toString();
        try (DuckDb duckDb = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))))) {
            return duckDb.withSession(session -> session.queryTexts(RECORDS, file));
        }
    }

    private static JsonNode require(JsonClient.Answer answer) throws IOException {
        if (!answer.succeeded()) {
            throw new IOException(
                    ProblemText.of(answer.status(), answer.body(), "").toString());
        }
        return answer.body();
    }
}
