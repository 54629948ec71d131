package io.duckfleet.coordinator.trino;

import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into the tokens of Trino's SQL, without comments. They don't nest there, as they do in DuckDB:
/// read by DuckDB's rules, `/* /* */ DROP TABLE t -- */ SELECT 1` would be a SELECT.
final class TrinoTokens {

    private static final Pattern SKIPPED = Pattern.compile("\\s+|--[^\\r\\n]*|/\\*.*?(?:\\*/|\\z)", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("""
            (?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<quoted>"(?:[^"]|"")*+")|(?<string>'(?:[^']|'')*+')\
            |(?<number>[0-9][A-Za-z0-9_.]*)|.""", Pattern.DOTALL);

    private TrinoTokens() {}

    /// The tokens of `sql` in order.
    static List<SqlToken> of(String sql) {
        List<SqlToken> tokens = new ArrayList<>();
        Matcher skipped = SKIPPED.matcher(sql);
        Matcher token = TOKEN.matcher(sql);
        int at = 0;
        while (at < sql.length()) {
            if (skipped.region(at, sql.length()).lookingAt()) {
                at = skipped.end();
            } else {
                token.region(at, sql.length()).lookingAt();
                tokens.add(new SqlToken(kind(token), token.group(), token.start(), token.end()));
                at = token.end();
            }
        }
        return List.copyOf(tokens);
    }

    private static Kind kind(Matcher token) {
        if (token.group("word") != null) {
            return Kind.WORD;
        }
        if (token.group("quoted") != null) {
            return Kind.QUOTED;
        }
        if (token.group("string") != null) {
            return Kind.STRING;
        }
        return token.group("number") != null ? Kind.NUMBER : Kind.SYMBOL;
    }
}
