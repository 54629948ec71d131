package io.duckfleet.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// DuckParqStream's method: the records are parsed into objects, put into a frame column by column with what
/// the week's file holds already, and the whole is written as the new file.
final class WeeklyFiles implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> TEXTS =
            List.of("id", "record_id", "first_name", "last_name", "email", "country", "status", "created_at");

    private final DuckDb database;
    private final Path store;
    private final Path week;

    WeeklyFiles(DuckDb database, Path store) throws IOException {
        this.database = database;
        this.store = Files.createDirectories(store);
        this.week = store.resolve("data_2026_w01.parquet");
    }

    void append(byte[] array) throws IOException, SQLException {
        JsonNode records = MAPPER.readTree(array);
        try (Session session = database.open()) {
            session.execute(
                    "CREATE TEMP TABLE frame (id VARCHAR, record_id VARCHAR, first_name VARCHAR, last_name VARCHAR,"
                            + " email VARCHAR, country VARCHAR, status VARCHAR, created_at VARCHAR, age BIGINT,"
                            + " balance DOUBLE, ingested_at TIMESTAMP DEFAULT current_localtimestamp())");
            fill(session, records);
            String existing =
                    Files.exists(week) ? " UNION ALL BY NAME FROM read_parquet(%s)".formatted(quoted(week)) : "";
            Path rewritten = store.resolve("rewritten");
            session.execute("COPY (FROM frame%s) TO %s (FORMAT parquet, COMPRESSION zstd)"
                    .formatted(existing, quoted(rewritten)));
            Files.move(rewritten, week, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void fill(Session session, JsonNode records) throws SQLException {
        try (DuckDBAppender appender = session.connection().createAppender("temp", "main", "frame")) {
            for (JsonNode node : records) {
                appender.beginRow();
                for (String field : TEXTS) {
                    appender.append(node.path(field).asText());
                }
                appender.append(node.path("age").asLong());
                appender.append(node.path("balance").asDouble());
                appender.appendDefault();
                appender.endRow();
            }
        }
    }

    long count() {
        return database.withSession(
                session -> session.queryLong("SELECT count(*) FROM read_parquet(%s)".formatted(quoted(week))));
    }

    private static String quoted(Path file) {
        return Identifiers.literal(file.toString());
    }

    @Override
    public void close() {
        Folders.delete(store);
    }
}
