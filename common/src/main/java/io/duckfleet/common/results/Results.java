package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import java.nio.file.Path;

/// Runs statements and makes their results ready, bounded in memory and in size. CSV and Parquet are written
/// by DuckDB itself into a scratch file; the other formats are written from a temp table of the session
/// (docs/decisions/016). Thread-safe.
public final class Results {

    private final ScratchDirectory scratch;
    private final ResultLimit limit;

    /// Results of at most a gigabyte each.
    public Results(ScratchDirectory scratch) {
        this(scratch, ResultLimit.STANDARD);
    }

    public Results(ScratchDirectory scratch, ResultLimit limit) {
        this.scratch = scratch;
        this.limit = limit;
    }

    /// Runs the statement on `session` and gives its result, to be closed by the caller before the session
    /// is. `tail` is used for JSON alone. The session holds one result at a time.
    ///
    /// @throws FleetException `result_too_large` where that is known before the first byte
    public ReadyResult run(
            Session session, SelectStatement statement, ResultFormat format, JsonNumbers numbers, JsonTail tail) {
        String select = StatementReader.asSubquery(session, statement);
        return switch (format) {
            case JSON, NDJSON, ARROW, TEXT -> streamed(session, select, format, writer(format, numbers, tail));
            case CSV -> file(session, select, format, "FORMAT csv, HEADER");
            case PARQUET -> file(session, select, format, "FORMAT parquet, COMPRESSION zstd");
        };
    }

    /// As [#run], for a statement that gives `rows` rows, which are few and short: in the formats that are
    /// written here they aren't stored first.
    public ReadyResult runShort(
            Session session,
            SelectStatement statement,
            ResultFormat format,
            JsonNumbers numbers,
            JsonTail tail,
            long rows) {
        return switch (format) {
            case JSON, NDJSON, ARROW, TEXT ->
                DirectResult.of(
                        session,
                        StatementReader.asSubquery(session, statement),
                        format,
                        writer(format, numbers, tail),
                        limit,
                        rows);
            case CSV, PARQUET -> run(session, statement, format, numbers, tail);
        };
    }

    private static RowsWriter writer(ResultFormat format, JsonNumbers numbers, JsonTail tail) {
        return switch (format) {
            case JSON -> JsonRows.document(numbers, tail);
            case NDJSON -> JsonRows.lines(numbers);
            case ARROW -> ArrowRows::write;
            case TEXT -> TextRows::write;
            case CSV, PARQUET -> throw new IllegalArgumentException(format + " is written by DuckDB");
        };
    }

    /// Every row of any format has a byte at least.
    private ReadyResult streamed(Session session, String select, ResultFormat format, RowsWriter writer) {
        try {
            long rows = StoredBatches.store(session, select);
            if (limit.isExceededBy(rows)) {
                throw limit.exceeded();
            }
            return new StreamedResult(format, session, rows, writer, limit);
        } catch (FleetException e) {
            if (DirectResult.isNeededAfter(e)) {
                return DirectResult.run(session, select, format, writer, limit);
            }
            throw e;
        }
    }

    private ReadyResult file(Session session, String select, ResultFormat format, String options) {
        Path file = scratch.newFile("result");
        return new FileResult(format, file, BoundedCopy.run(session, select, file, options, limit));
    }
}
