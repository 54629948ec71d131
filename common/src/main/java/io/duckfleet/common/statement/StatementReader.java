package io.duckfleet.common.statement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/// Reads a text as exactly one SELECT, by DuckDB's own parser (`json_serialize_sql`), and collects what it
/// names; any session will do. Thread-safe. What was read last is remembered: reading takes half a millisecond,
/// a tenth of a short query.
public final class StatementReader {

    /// Deep enough for a thousand nested expressions; DuckDB's own limit on expression depth is 1,000.
    private static final int MAX_TREE_DEPTH = 5_000;

    /// DuckDB writes an infinite constant (`1e400`) as JSON doesn't know it.
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_TREE_DEPTH)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final Pattern TERMINATORS = Pattern.compile("[;\\s]+$");

    private static final RecentTexts<SelectStatement> READ = new RecentTexts<>();

    private StatementReader() {}

    /// The statement that `sql` is.
    ///
    /// @throws FleetException `sql_syntax` with a position, or `not_a_select`
    public static SelectStatement read(Session session, String sql) {
        return READ.of(sql, text -> readAnew(session, text));
    }

    private static SelectStatement readAnew(Session session, String sql) {
        JsonNode answer = serialise(session, sql);
        if (answer.path("error").asBoolean()) {
            throw refusal(answer, sql);
        }
        JsonNode statements = answer.path("statements");
        if (statements.size() != 1) {
            throw new FleetException(
                    ErrorCode.NOT_A_SELECT,
                    "one statement was expected, %d were found; send them one at a time".formatted(statements.size()));
        }
        StatementWalk walk = new StatementWalk(sql);
        walk.walk(statements.get(0).path("node"));
        return new SelectStatement(sql, statements.get(0), walk.tables(), walk.functions());
    }

    /// The statement as text that can stand between parentheses: without its terminator. DuckDB's rendering
    /// of the tree where the text hides the terminator behind a comment.
    public static String asSubquery(Session session, SelectStatement statement) {
        String text = TERMINATORS.matcher(statement.sql()).replaceFirst("");
        if (!text.contains(";") || isOneSelect(session, "FROM (" + text + "\n)")) {
            return text;
        }
        return StatementWriter.text(session, statement.tree().path("node"));
    }

    private static boolean isOneSelect(Session session, String sql) {
        JsonNode answer = serialise(session, sql);
        return !answer.path("error").asBoolean() && answer.path("statements").size() == 1;
    }

    private static JsonNode serialise(Session session, String sql) {
        String json = session.queryText("SELECT json_serialize_sql(?::VARCHAR)", sql);
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FleetException refusal(JsonNode answer, String sql) {
        String message = answer.path("error_message").asText();
        if (message.startsWith("Only SELECT statements")) {
            return new FleetException(
                    ErrorCode.NOT_A_SELECT, "one SELECT statement was expected, found " + StatementKind.of(sql));
        }
        FleetException error = new FleetException(ErrorCode.SQL_SYNTAX, message);
        String position = answer.path("position").asText();
        return position.isEmpty() ? error : error.with("position", Integer.parseInt(position));
    }
}
