package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.coordinator.history.QueryHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Optional<Question> ask(
            QueryMode mode, String sql, @Nullable String parameters, @Nullable Long timeoutMs, Caching caching) {
        return ask(mode, new QueryRequest(sql, json(parameters), null, timeoutMs, null), ResultFormat.JSON, caching);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Question> ask(QueryMode mode, QueryRequest request, ResultFormat format, Caching caching) {
        StopSignal signal = new StopSignal();
        return Question.of(new QueryTask(
                mode,
                request,
                format,
                JsonNumbers.PLAIN,
                caching,
                Deadline.in(Duration.ofSeconds(1)),
                signal,
                new QueryHistory(Clock.systemUTC()).add(request.sql(), Optional.empty(), signal),
                Optional.empty()));
    }

    private static Optional<Question> ask(String sql) {
        return ask(QueryMode.RUN, sql, null, null, Caching.ALLOWED);
    }

    @Test
    void isTheSameForTheSameStatementWithTheSameValues() {
        Optional<Question> one = ask(QueryMode.RUN, "SELECT $1", "[1, {\"a\": 2}]", 100L, Caching.ALLOWED);

        assertThat(one).isPresent();
        assertThat(ask(QueryMode.RUN, "SELECT $1", "[1,{\"a\":2}]", null, Caching.ALLOWED))
                .isEqualTo(one);
        assertThat(ask(QueryMode.RUN, "SELECT $1", "[1,{\"a\":3}]", null, Caching.ALLOWED))
                .isNotEqualTo(one);
        assertThat(ask(QueryMode.RUN, "SELECT  $1", "[1,{\"a\":2}]", null, Caching.ALLOWED))
                .isNotEqualTo(one);
        assertThat(ask(QueryMode.RECORDS, "SELECT $1", "[1,{\"a\":2}]", null, Caching.ALLOWED))
                .isNotEqualTo(one);
        assertThat(ask(
                        QueryMode.RUN,
                        new QueryRequest("SELECT $1", json("[1,{\"a\":2}]"), null, null, null),
                        ResultFormat.CSV,
                        Caching.ALLOWED))
                .isNotEqualTo(one);
        assertThat(ask(
                        QueryMode.RUN,
                        new QueryRequest("SELECT $1", json("[1,{\"a\":2}]"), 1L, null, null),
                        ResultFormat.JSON,
                        Caching.ALLOWED))
                .isNotEqualTo(one);
    }

    @Test
    void isNoneWhereARunOfItsOwnIsWanted() {
        assertThat(ask(QueryMode.RUN, "SELECT 1", null, null, Caching.BYPASSED)).isEmpty();
        assertThat(ask(QueryMode.EXPLAIN, "SELECT 1", null, null, Caching.ALLOWED))
                .isEmpty();
        assertThat(ask(QueryMode.EXPLAIN_ANALYZE, "SELECT 1", null, null, Caching.ALLOWED))
                .isEmpty();
        assertThat(ask(
                        QueryMode.RUN,
                        new QueryRequest("SELECT 1", null, null, null, "trino"),
                        ResultFormat.JSON,
                        Caching.ALLOWED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT random()",
                "SELECT Random ()",
                "SELECT \"random\"()",
                "SELECT uuid() FROM t",
                "FROM t USING SAMPLE 3",
                "SELECT * FROM t TABLESAMPLE reservoir(20)"
            })
    void isNoneWhereRunsDiffer(String sql) {
        assertThat(ask(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT now(), 'random'", "SELECT random_column FROM t -- uuid()", "SELECT current_date"})
    void isThereWhereRunsOfOneMomentAgree(String sql) {
        assertThat(ask(sql)).isPresent();
    }

    /// The list of functions is DuckDB's own.
    @Test
    void isNoneForAllThatDuckDbCallsVolatile() {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(folder));
                Session session = database.open()) {
            assertThat(session.queryTexts(
                            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE'"))
                    .contains("random", "uuid")
                    .allMatch(name -> Question.mayDiffer("SELECT %s()".formatted(name)));
        }
    }
}
