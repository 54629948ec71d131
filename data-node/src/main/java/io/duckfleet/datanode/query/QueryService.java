package io.duckfleet.datanode.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.statement.SelectStatement;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Answers SELECTs and projections over the table.
public final class QueryService {

    private static final double NANOS_PER_MS = 1e6;

    private final TableQueries queries;
    private final Results results;
    private final Duration limit;
    private final Clock clock;

    public QueryService(TableQueries queries, Results results, Duration limit, Clock clock) {
        this.queries = queries;
        this.results = results;
        this.limit = limit;
        this.clock = clock;
    }

    /// The result of `sql`, computed and ready to be written.
    public Answer select(String sql, ResultFormat format, JsonNumbers numbers, StopSignal signal) {
        long start = System.nanoTime();
        return queries.run(signal, limit, lease -> answer(lease, sql, format, numbers, start));
    }

    /// The projected columns and rows.
    public Answer project(Projection projection, ResultFormat format, JsonNumbers numbers, StopSignal signal) {
        long start = System.nanoTime();
        return queries.run(
                signal, limit, lease -> answer(lease, projection.toSql(lease.table()), format, numbers, start));
    }

    private Answer answer(TableLease lease, String sql, ResultFormat format, JsonNumbers numbers, long start) {
        SelectStatement statement = StatementGate.admit(
                lease.session(), sql, List.of(lease.table().name().text()));
        return new Answer(lease, results.run(lease.session(), statement, format, numbers, tail(start)));
    }

    private JsonTail tail(long start) {
        return (json, columns, rowCount) -> writeTimes(json, start);
    }

    private void writeTimes(JsonGenerator json, long start) throws IOException {
        json.writeNumberField("execution_time_ms", (System.nanoTime() - start) / NANOS_PER_MS);
        json.writeStringField("timestamp", clock.instant().toString());
    }
}
