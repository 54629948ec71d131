package io.duckfleet.coordinator.run;

import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlTokens;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is asked: those whose questions are equal may share an answer, if they ask at the same time.
record Question(QueryMode mode, QueryRequest request, ResultFormat format, JsonNumbers numbers) {

    /// With one of these words, each run may give something else: DuckDB's functions that are VOLATILE, and
    /// what takes samples.
    private static final Set<String> DIFFER = Set.of(
            "current_connection_id",
            "current_query",
            "current_query_id",
            "current_transaction_id",
            "currval",
            "error",
            "gen_random_uuid",
            "nextval",
            "random",
            "sample",
            "setseed",
            "setval",
            "sleep_ms",
            "stats",
            "tablesample",
            "uuid",
            "uuidv4",
            "uuidv7",
            "vector_type",
            "write_log");

    /// What the task asks; none where a run of its own is wanted, or has been begun elsewhere.
    static Optional<Question> of(QueryTask task) {
        QueryRequest request = task.request();
        boolean isShareable = task.mode().givesRows()
                && task.caching() == Caching.ALLOWED
                && task.lake().isEmpty()
                && !request.isForTrino()
                && !mayDiffer(request.sql());
        return isShareable
                ? Optional.of(new Question(task.mode(), request.withoutTimeout(), task.format(), task.numbers()))
                : Optional.empty();
    }

    /// Whether two runs of `sql` over the same data may give different answers.
    static boolean mayDiffer(String sql) {
        return SqlTokens.of(sql).stream()
                .map(SqlToken::text)
                .anyMatch(text -> DIFFER.contains(text.toLowerCase(Locale.ROOT).replace("\"", "")));
    }
}
