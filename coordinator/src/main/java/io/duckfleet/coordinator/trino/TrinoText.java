package io.duckfleet.coordinator.trino;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SqlToken;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One statement in Trino's SQL that only reads: `sql` is the caller's text from `start` on, without what
/// stands before and after the statement, `tables` the names of tables in it as they are written.
record TrinoText(String sql, int start, List<String> tables) {

    private static final Set<String> READING = Set.of("select", "with", "values", "table", "show", "describe", "desc");

    TrinoText {
        tables = List.copyOf(tables);
    }

    /// @throws FleetException `not_a_select` if the text would do anything else than read
    static TrinoText of(String text) {
        List<SqlToken> tokens = TrinoTokens.of(text);
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).isSymbol(';')) {
            end--;
        }
        List<SqlToken> statement = tokens.subList(0, end);
        List<SqlToken> explained = statement.subList(explainPrefix(statement), end);
        String kind = kind(explained);
        if (!READING.contains(kind)) {
            throw new FleetException(
                    ErrorCode.NOT_A_SELECT,
                    "one statement that reads was expected for Trino (SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE, or EXPLAIN of one), found %s"
                            .formatted(kind.isEmpty() ? "none" : kind.toUpperCase(Locale.ROOT)));
        }
        int start = statement.getFirst().start();
        return new TrinoText(text.substring(start, statement.getLast().end()), start, TrinoTables.in(kind, explained));
    }

    /// What is sent to learn what is `wanted`; a text may ask for its plan itself.
    String toSend(TrinoQuery.Wanted wanted) {
        return prefix(wanted) + sql;
    }

    /// The offset in the caller's text of a place that Trino tells in what was sent.
    int position(TrinoQuery.Wanted wanted, int line, int column) {
        int lineStart = 0;
        for (int before = 1; before < line; before++) {
            lineStart = sql.indexOf('\n', lineStart) + 1;
        }
        int inText = lineStart + column - 1 - (line == 1 ? prefix(wanted).length() : 0);
        return start + Math.clamp(inText, 0, sql.length());
    }

    private String prefix(TrinoQuery.Wanted wanted) {
        return sql.regionMatches(true, 0, "explain", 0, "explain".length()) ? "" : wanted.prefix();
    }

    /// The first word, after parentheses.
    private static String kind(List<SqlToken> statement) {
        return statement.stream()
                .dropWhile(token -> token.isSymbol('('))
                .findFirst()
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /// How many tokens `EXPLAIN`, `EXPLAIN ANALYZE VERBOSE` or `EXPLAIN (TYPE IO, FORMAT JSON)` take.
    private static int explainPrefix(List<SqlToken> tokens) {
        if (tokens.isEmpty() || !tokens.getFirst().isWord("explain")) {
            return 0;
        }
        int at = 1;
        while (at < tokens.size()
                && (tokens.get(at).isWord("analyze") || tokens.get(at).isWord("verbose"))) {
            at++;
        }
        return hasOptions(tokens, at) ? afterParenthesis(tokens, at) : at;
    }

    private static boolean hasOptions(List<SqlToken> tokens, int at) {
        return at + 1 < tokens.size()
                && tokens.get(at).isSymbol('(')
                && (tokens.get(at + 1).isWord("type") || tokens.get(at + 1).isWord("format"));
    }

    private static int afterParenthesis(List<SqlToken> tokens, int from) {
        int at = from;
        while (at < tokens.size() && !tokens.get(at).isSymbol(')')) {
            at++;
        }
        return Math.min(at + 1, tokens.size());
    }
}
