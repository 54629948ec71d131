package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.S3Server;
import io.duckfleet.datanode.table.LoadedTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads files through S3, as a node does, and by DuckDB's own reader, as the oracle.
final class CsvFixture implements AutoCloseable {

    /// Small, so that small files are cut, too.
    private static final int CHUNK_BYTES = 20_000;

    private final S3Server server = S3Server.start();
    private final S3Client client = server.client();
    private final ScratchDirectory scratch = ScratchDirectory.create("test");

    /// A table's columns with their types, and its rows in order.
    record Content(List<String> columns, List<List<@Nullable Object>> rows) {}

    Content loaded(byte[] file) {
        try (LoadedTables tables = load(server.put("file.csv", file))) {
            return tables.database().withSession(session -> content(session, "loaded"));
        }
    }

    LoadedTables load(String url) {
        return loader().load(LoadRequests.of(request(url)), LoadMeter.silent());
    }

    private TableLoader loader() {
        return new TableLoader(client, DuckDbSettings.in(scratch.path()), scratch, Clock.systemUTC(), CHUNK_BYTES);
    }

    /// Loads as `request` says.
    Content loaded(LoadRequest request) {
        try (LoadedTables tables = loader().load(LoadRequests.of(request), LoadMeter.silent())) {
            return tables.database().withSession(session -> content(session, "loaded"));
        }
    }

    /// A request for `url`, with options.
    static LoadRequest request(String url, String... options) {
        return new LoadRequest(
                ObjectPattern.parse(url),
                new TableName("loaded"),
                ReadOptions.parse(List.of(options)),
                false,
                Optional.empty());
    }

    static LoadRequest withFilename(LoadRequest request) {
        return new LoadRequest(request.source(), request.tableName(), request.options(), true, request.shard());
    }

    static LoadRequest ofShard(LoadRequest request, String shard, Optional<String> column) {
        return new LoadRequest(
                request.source(),
                request.tableName(),
                request.options(),
                request.withFilename(),
                Optional.of(Shard.parse(shard, column)));
    }

    /// What DuckDB gives for a query that reads no file.
    Content query(String sql) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            session.execute("CREATE TABLE oracle AS " + sql);
            return content(session, "oracle");
        }
    }

    /// A file as DuckDB writes it: `options` are those of COPY.
    byte[] written(String sql, String options) {
        Path path = scratch.newFile("written");
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            session.execute("COPY (%s) TO %s (%s)".formatted(sql, Identifiers.literal(path.toString()), options));
            byte[] bytes = Files.readAllBytes(path);
            Files.delete(path);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    S3Server server() {
        return server;
    }

    S3Client client() {
        return client;
    }

    ScratchDirectory scratch() {
        return scratch;
    }

    Content readByDuckDb(byte[] file, String options) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            Path path = scratch.newFile("oracle");
            Files.write(path, file);
            session.execute("CREATE TABLE oracle AS FROM read_csv(%s, compression = '%s'%s)"
                    .formatted(
                            Identifiers.literal(path.toString()),
                            file.length > 1 && (file[0] & 0xff) == 0x1f ? "gzip" : "none",
                            options));
            Files.delete(path);
            return content(session, "oracle");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content content(Session session, String table) {
        List<String> columns =
                session.queryTexts("SELECT column_name || ' ' || column_type FROM (DESCRIBE %s)".formatted(table));
        return new Content(columns, session.query("FROM " + table, rows -> rows(rows, columns.size())));
    }

    private static List<List<@Nullable Object>> rows(ResultSet rows, int columns) throws SQLException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(rows.getObject(i));
            }
            all.add(row);
        }
        return all;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        scratch.close();
    }
}
