package io.duckfleet.datanode.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.datanode.table.LoadedTables;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers SELECTs and projections over the tables.
public final class QueryService {

    private static final double NANOS_PER_MS = 1e6;

    private final TableQueries queries;
    private final Results results;
    private final Duration limit;
    private final Clock clock;
    private final AtomicReference<@Nullable ChangingWords> changing = new AtomicReference<>();

    public QueryService(TableQueries queries, Results results, Duration limit, Clock clock) {
        this.queries = queries;
        this.results = results;
        this.limit = limit;
        this.clock = clock;
    }

    /// The result of a SELECT, computed and ready to be written, unless the caller has it already.
    public Outcome select(String sql, RowsRequest request, StopSignal signal) {
        return run(tables -> sql, request, signal);
    }

    /// The projected columns and rows, unless the caller has them already.
    public Outcome project(Projection projection, RowsRequest request, StopSignal signal) {
        return run(projection::toSql, request, signal);
    }

    private Outcome run(Function<LoadedTables, String> sql, RowsRequest request, StopSignal signal) {
        long start = System.nanoTime();
        return queries.run(signal, limit, lease -> answer(lease, sql.apply(lease.tables()), request, start));
    }

    private Outcome answer(TableLease lease, String sql, RowsRequest request, long start) {
        SelectStatement statement =
                StatementGate.admit(lease.session(), sql, lease.tables().names());
        Optional<ResultTag> tag = tag(lease, sql, request);
        Optional<ResultTag> known = tag.filter(request::knows);
        if (known.isPresent()) {
            lease.close();
            return new Outcome.Unchanged(known.get());
        }
        return new Answer(
                lease, results.run(lease.session(), statement, request.format(), request.numbers(), tail(start)), tag);
    }

    private Optional<ResultTag> tag(TableLease lease, String sql, RowsRequest request) {
        return changingWords(lease.session()).standIn(sql)
                ? Optional.empty()
                : Optional.of(ResultTag.of(lease.tables().version(), sql, request.format(), request.numbers()));
    }

    /// The same for every table: they belong to DuckDB.
    private ChangingWords changingWords(Session session) {
        ChangingWords known = changing.get();
        if (known == null) {
            known = ChangingWords.of(session);
            changing.set(known);
        }
        return known;
    }

    private JsonTail tail(long start) {
        return (json, columns, rowCount) -> writeTimes(json, start);
    }

    private void writeTimes(JsonGenerator json, long start) throws IOException {
        json.writeNumberField("execution_time_ms", (System.nanoTime() - start) / NANOS_PER_MS);
        json.writeStringField("timestamp", clock.instant().toString());
    }
}
