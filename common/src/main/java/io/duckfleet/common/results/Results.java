package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import java.nio.file.Path;

/// Runs statements and makes their results ready. CSV and Parquet are written by DuckDB itself into a scratch
/// file; the other formats are read from a cursor. Thread-safe.
public final class Results {

    private final ScratchDirectory scratch;

    public Results(ScratchDirectory scratch) {
        this.scratch = scratch;
    }

    /// Runs the statement on `session` and gives its result, to be closed by the caller before the session
    /// is. `tail` is used for JSON alone.
    public ReadyResult run(
            Session session, SelectStatement statement, ResultFormat format, JsonNumbers numbers, JsonTail tail) {
        return switch (format) {
            case JSON -> cursor(session, statement, format, JsonRows.document(numbers, tail));
            case NDJSON -> cursor(session, statement, format, JsonRows.lines(numbers));
            case ARROW -> cursor(session, statement, format, ArrowRows::write);
            case TEXT -> cursor(session, statement, format, TextRows::write);
            case CSV -> file(session, statement, format, "FORMAT csv, HEADER");
            case PARQUET -> file(session, statement, format, "FORMAT parquet, COMPRESSION zstd");
        };
    }

    private static ReadyResult cursor(
            Session session, SelectStatement statement, ResultFormat format, RowsWriter writer) {
        return new CursorResult(format, session.openCursor(statement.sql()), writer);
    }

    private ReadyResult file(Session session, SelectStatement statement, ResultFormat format, String options) {
        Path file = scratch.newFile("result");
        String copy = "COPY (%s\n) TO %s (%s)"
                .formatted(
                        StatementReader.asSubquery(session, statement), Identifiers.literal(file.toString()), options);
        try {
            return new FileResult(format, file, session.update(copy));
        } catch (RuntimeException e) {
            new FileResult(format, file, 0).close();
            throw e;
        }
    }
}
