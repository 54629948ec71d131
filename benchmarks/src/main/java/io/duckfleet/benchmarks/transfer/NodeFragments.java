package io.duckfleet.benchmarks.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Fragments as the coordinator fetches them: Parquet into a file in memory, and from there into a temp
/// table.
final class NodeFragments {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI node;
    private final ScratchDirectory scratch;

    NodeFragments(URI node, ScratchDirectory scratch) {
        this.node = node;
        this.scratch = scratch;
    }

    /// The rows of `sql` as temp table `moved` of the session.
    void fetchInto(Session session, String sql) throws IOException {
        Path file = scratch.newFile("fragment");
        try {
            fetch(sql, file);
            session.execute(
                    "CREATE TEMP TABLE moved AS FROM read_parquet(%s)".formatted(Identifiers.literal(file.toString())));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Reads the rows of `sql` once, by `aggregate` (which has a `%s` for the source), as the coordinator's
    /// queries do: from the file, without a table.
    long fetchAndRead(Session session, String sql, String aggregate) throws IOException {
        Path file = scratch.newFile("fragment");
        try {
            fetch(sql, file);
            return session.queryLong(
                    aggregate.formatted("read_parquet(%s)".formatted(Identifiers.literal(file.toString()))));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// The rows of `sql` as a Parquet file.
    void fetch(String sql, Path target) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) node.resolve("/fragments").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/vnd.apache.parquet");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(MAPPER.writeValueAsBytes(
                    Map.of("fragment_id", UUID.randomUUID().toString(), "sql", sql)));
        }
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, target);
        }
    }
}
