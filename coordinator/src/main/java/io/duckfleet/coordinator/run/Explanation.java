package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.plan.SemiJoin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A plan as it is told to people and programs: what is asked of which node, what is read from the lake, and,
/// after running it, what came and how the local query went.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Explanation(
        String query,
        List<String> sourceTables,
        List<ExplainedFragment> fragments,
        List<String> lakeTables,
        String plan,
        Optional<String> localPlan) {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    /// One fragment: where it goes, the SQL that is sent there, the semi-joins that may reduce it or have
    /// done so, how many rows were expected without these, and what it gave if it was fetched.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ExplainedFragment(
            String table,
            String url,
            String sql,
            List<ExplainedSemiJoin> semiJoins,
            long estimatedRows,
            Optional<Long> rows,
            Optional<Long> bytes,
            Optional<Double> ms,
            Optional<Boolean> cached) {}

    /// Column `key` of the fragment has only keys of column `by`, which is told with its table; `keys` are
    /// those that were sent.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ExplainedSemiJoin(String key, String by, Optional<String> keys) {

        ExplainedSemiJoin(SemiJoin semiJoin, Optional<String> keys) {
            this(
                    semiJoin.key().name(),
                    semiJoin.by().name() + "." + semiJoin.byKey().name(),
                    keys);
        }

        private String text() {
            return "semi-join of %s by %s%s"
                    .formatted(key, by, keys.map(sent -> ": " + sent).orElse(""));
        }
    }

    /// The explanation as a result in `format`: text, or else JSON.
    ReadyResult as(ResultFormat format) {
        String text = format == ResultFormat.TEXT ? text() : json();
        return new Told(format == ResultFormat.TEXT ? format : ResultFormat.JSON, text);
    }

    /// The explanation as the row that DuckDB gives for `EXPLAIN`.
    SelectStatement asRow(Session session, boolean asJson) {
        return StatementReader.read(
                session,
                "SELECT %s AS explain_key, %s AS explain_value"
                        .formatted(
                                Identifiers.literal(localPlan.isPresent() ? "analyzed_plan" : "physical_plan"),
                                Identifiers.literal(asJson ? json() : text())));
    }

    private String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder(plan);
        for (ExplainedFragment fragment : fragments) {
            text.append("\n%s at %s\n".formatted(fragment.table(), fragment.url()))
                    .append(fragment.sql().indent(2));
            fragment.semiJoins().forEach(semiJoin -> text.append("  " + semiJoin.text() + "\n"));
            fragment.rows()
                    .ifPresent(rows -> text.append("  %d rows (about %d expected), %d bytes, %.1f ms%s%n"
                            .formatted(
                                    rows,
                                    fragment.estimatedRows(),
                                    fragment.bytes().orElse(0L),
                                    fragment.ms().orElse(0.0),
                                    fragment.cached().orElse(false) ? ", cached" : "")));
        }
        localPlan.ifPresent(local -> text.append('\n').append(local).append('\n'));
        return text.toString();
    }

    private record Told(ResultFormat format, String text) implements ReadyResult {

        @Override
        public long rows() {
            return 1;
        }

        @Override
        public long writeTo(OutputStream out) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return rows();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
