package io.duckfleet.it;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.StatementReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// One DuckDB that has all the sample tables: what it answers is right.
final class Oracle implements AutoCloseable {

    private final ScratchDirectory scratch = ScratchDirectory.create("oracle");
    private final DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));

    Oracle() {
        Path samples = Path.of(System.getProperty("duckfleet.root"), "samples");
        database.withSession(session -> {
            for (String table : List.of("airports", "airlines", "routes")) {
                String file =
                        Identifiers.literal(samples.resolve(table + ".csv.gz").toString());
                session.execute("CREATE TABLE %s AS FROM read_csv(%s)".formatted(table, file));
            }
            session.execute("CREATE TABLE trips AS FROM read_csv(%s)"
                    .formatted(
                            Identifiers.literal(samples.resolve("taxis.csv.gz").toString())));
            return true;
        });
    }

    /// The rows as JSON lines.
    String query(String sql) {
        try (Session session = database.open();
                ReadyResult result = new Results(scratch)
                        .run(
                                session,
                                StatementReader.read(session, sql),
                                ResultFormat.NDJSON,
                                JsonNumbers.PLAIN,
                                (json, columns, rows) -> {})) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            result.writeTo(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        scratch.close();
    }
}
