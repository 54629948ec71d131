package io.duckfleet.benchmarks.load;

import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.DataNodeProcess;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/// Loads of a file whose last load was a moment ago, in programs that are warm: a node's `POST /reload`, and
/// the same by DuckDB in this process. Both keep the table before until the new one is whole.
final class LoadAgain implements AutoCloseable {

    private final Workshop workshop;
    private final String key;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable DataNodeProcess node;
    private @Nullable DuckDb database;

    LoadAgain(Workshop workshop, String key) {
        this.workshop = workshop;
        this.key = key;
    }

    Measurement byNode() throws Exception {
        if (node == null) {
            node = DataNodeProcess.start(workshop, key);
        }
        HttpRequest reload = HttpRequest.newBuilder(node.address().resolve("/reload"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return Measurement.timing(() -> {
            HttpResponse<String> answer = http.send(reload, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        });
    }

    Measurement byDuckDb() throws Exception {
        if (database == null) {
            database = AsItComes.duckDb(DuckDbSettings.in(workshop.scratch().path()));
            try (Session session = database.open()) {
                Extensions.HTTPFS.load(session);
                session.execute(
                        "CREATE SECRET (TYPE s3, KEY_ID %s, SECRET %s, ENDPOINT %s, URL_STYLE path, USE_SSL false)"
                                .formatted(
                                        variable("AWS_ACCESS_KEY_ID"),
                                        variable("AWS_SECRET_ACCESS_KEY"),
                                        Identifiers.literal(workshop.authority())));
            }
        }
        try (Session session = database.open()) {
            String source = Identifiers.literal("s3://%s/%s".formatted(Workshop.BUCKET, key));
            return Measurement.timing(
                    () -> session.execute("CREATE OR REPLACE TABLE t AS FROM read_csv(%s)".formatted(source)));
        }
    }

    private String variable(String name) {
        return Identifiers.literal(String.valueOf(workshop.s3Environment().get(name)));
    }

    @Override
    public void close() {
        http.close();
        if (node != null) {
            node.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
