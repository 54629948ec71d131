package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import java.nio.file.Path;
import java.util.OptionalLong;

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
        return run(session, statement, format, numbers, tail, OptionalLong.empty());
    }

    /// As above. `fewRows` is how many rows the statement gives, where that is known and they are few and
    /// short: in the formats that are written here they aren't stored first.
    public ReadyResult run(
            Session session,
            SelectStatement statement,
            ResultFormat format,
            JsonNumbers numbers,
            JsonTail tail,
            OptionalLong fewRows) {
        String select = StatementReader.asSubquery(session, statement);
        return switch (format) {
            case JSON -> streamed(session, select, format, JsonRows.document(numbers, tail), fewRows);
            case NDJSON -> streamed(session, select, format, JsonRows.lines(numbers), fewRows);
            case ARROW -> streamed(session, select, format, ArrowRows::write, fewRows);
            case TEXT -> streamed(session, select, format, TextRows::write, fewRows);
            case CSV -> file(session, select, format, "FORMAT csv, HEADER");
            case PARQUET -> file(session, select, format, "FORMAT parquet, COMPRESSION zstd");
        };
    }

    /// Every row of any format has a byte at least.
    private ReadyResult streamed(
            Session session, String select, ResultFormat format, RowsWriter writer, OptionalLong fewRows) {
        if (fewRows.isPresent()) {
            return DirectResult.of(session, select, format, writer, limit, fewRows.getAsLong());
        }
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
