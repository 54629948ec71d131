package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultColumn;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.statement.Parameters;
import io.duckfleet.coordinator.trino.TrinoAnswer;
import io.duckfleet.coordinator.trino.TrinoEngine;
import io.duckfleet.coordinator.trino.TrinoQuery;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Answers a query that its caller gives to Trino, in the same shapes as any other.
final class TrinoRun {

    private final TrinoEngine trino;
    private final Results results;
    private final SlowQueryLog slow;
    private final Clock clock;

    TrinoRun(TrinoEngine trino, Results results, SlowQueryLog slow, Clock clock) {
        this.trino = trino;
        this.results = results;
        this.slow = slow;
        this.clock = clock;
    }

    /// The result, living in `session`.
    ReadyResult run(Session session, QueryTask task) {
        long start = System.nanoTime();
        QueryRequest request = task.request();
        if (!(request.values() instanceof Parameters.None)) {
            throw FleetException.invalid(
                    Parameters.FIELD, "none were expected for Trino; write the values into the query");
        }
        TrinoQuery query = new TrinoQuery(
                request.sql(),
                wanted(task.mode()),
                request.rowLimit(),
                task.deadline().remaining());
        TrinoAnswer answer = trino.ask(session, query, task.signal());
        task.signal().watch(session);
        ReadyResult result = task.mode().givesRows()
                ? results.run(
                        session,
                        StatementReader.read(session, answer.select()),
                        task.format(),
                        task.numbers(),
                        tail(task, answer, start))
                : explanation(session, request, answer).as(task.format());
        slow.told(task, List.of(), Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private static TrinoQuery.Wanted wanted(QueryMode mode) {
        return switch (mode) {
            case RUN, RECORDS -> TrinoQuery.Wanted.ROWS;
            case EXPLAIN -> TrinoQuery.Wanted.PLAN;
            case EXPLAIN_ANALYZE -> TrinoQuery.Wanted.ANALYZED_PLAN;
        };
    }

    private static Explanation explanation(Session session, QueryRequest request, TrinoAnswer answer) {
        String plan = String.join("\n", session.queryTexts(answer.select()));
        return new Explanation(request.sql(), answer.tables(), List.of(), answer.tables(), plan, Optional.empty());
    }

    private JsonTail tail(QueryTask task, TrinoAnswer answer, long start) {
        AnswerTail tail = new AnswerTail(task.entry().id(), answer.tables(), List.of(), start, clock);
        JsonTail ofMode = task.mode() == QueryMode.RECORDS ? new RecordsTail(task.request(), start, tail) : tail;
        return new OfTrino(ofMode, answer.id());
    }

    /// Tells in addition who has answered, and under which id Trino's own pages show the query.
    private record OfTrino(JsonTail tail, String id) implements JsonTail {

        @Override
        public String rowsName() {
            return tail.rowsName();
        }

        @Override
        public void writeHead(JsonGenerator json) throws IOException {
            tail.writeHead(json);
        }

        @Override
        public void write(JsonGenerator json, List<ResultColumn> columns, long rowCount) throws IOException {
            tail.write(json, columns, rowCount);
            json.writeStringField("engine", "trino");
            json.writeStringField("trino_query_id", id);
        }
    }
}
