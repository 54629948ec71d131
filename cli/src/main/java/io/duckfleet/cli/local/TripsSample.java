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
import java.util.stream.StreamSupport;

/// New York taxi trips for the lake: the rows of `samples/taxis.csv.gz` as JSON records, ingested through the sidecar
/// as everybody does it. Columns keep
/// the file's names; the day of the pick-up is the partition.
final class TripsSample {

    private static final String TABLE = "trips";
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration INGEST = Duration.ofSeconds(60);

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

    /// Ingests the trips, unless the sidecar knows the table already; whether it did.
    ///
    /// @throws CommandFailure if the sidecar doesn't take them
    boolean loadInto(URI sidecar) {
        try {
            if (isThere(sidecar)) {
                return false;
            }
            byte[] body = "{\"table_name\":\"%s\",\"records\":[%s]}"
                    .formatted(TABLE, String.join(",", records()))
                    .getBytes(StandardCharsets.UTF_8);
            require(http.post(sidecar.resolve("/ingest"), body, INGEST));
            return true;
        } catch (IOException e) {
            throw new CommandFailure(
                    "the sample trips can't be ingested by %s: %s".formatted(sidecar, e.getMessage()), e);
        }
    }

    private boolean isThere(URI sidecar) throws IOException {
        JsonNode tables = require(http.get(sidecar.resolve("/tables"), LOOK)).path("tables");
        return StreamSupport.stream(tables.spliterator(), false)
                .anyMatch(name -> name.asText().equals(TABLE));
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
