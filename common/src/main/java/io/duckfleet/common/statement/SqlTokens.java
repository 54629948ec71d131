package io.duckfleet.common.statement;

import io.duckfleet.common.statement.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into the tokens of DuckDB's SQL, without comments. It is exact enough to *find* a place in a
/// text; whether the place was right is always proved by DuckDB's parser afterwards. Never fails: a literal
/// without an end goes to the end of the text.
public final class SqlTokens {

    private static final Pattern BLANK = Pattern.compile("\\s+|--[^\\n]*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_$\\u0080-\\uffff]*");
    private static final Pattern NUMBER = Pattern.compile("\\.?[0-9][A-Za-z0-9_.]*");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*+(?:\"|\\z)");
    private static final Pattern ESCAPED = Pattern.compile("[eE]'(?:[^'\\\\]|''|\\\\.)*+(?:'|\\z)", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("[xXbB]?'(?:[^']|'')*+(?:'|\\z)");
    private static final Pattern DOLLARS =
            Pattern.compile("\\$(?:[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*)?\\$");
    private static final Pattern PARAMETER =
            Pattern.compile("\\?|\\$(?:[0-9]+|[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*)");

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /// The tokens of `sql` in order.
    public static List<SqlToken> of(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        int at = 0;
        while (at < sql.length()) {
            at = tokens.next(at);
        }
        return List.copyOf(tokens.tokens);
    }

    /// Takes what stands at `at` and tells where it ends.
    private int next(int at) {
        if (sql.startsWith("/*", at)) {
            return endOfComment(at);
        }
        Matcher blank = matcher(BLANK, at);
        if (blank.lookingAt()) {
            return blank.end();
        }
        Matcher dollars = matcher(DOLLARS, at);
        if (dollars.lookingAt()) {
            int close = sql.indexOf(dollars.group(), dollars.end());
            return add(
                    Kind.STRING,
                    at,
                    close < 0 ? sql.length() : close + dollars.group().length());
        }
        return tokenAt(at);
    }

    private int tokenAt(int at) {
        for (Candidate candidate : Candidate.values()) {
            Matcher matcher = matcher(candidate.pattern, at);
            if (matcher.lookingAt()) {
                return add(candidate.kind, at, matcher.end());
            }
        }
        return add(Kind.SYMBOL, at, at + 1);
    }

    /// Comments nest.
    private int endOfComment(int start) {
        int depth = 0;
        for (int at = start; at < sql.length(); at++) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at++;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at++;
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        return sql.length();
    }

    private int add(Kind kind, int start, int end) {
        tokens.add(new SqlToken(kind, sql.substring(start, end), start, end));
        return end;
    }

    private Matcher matcher(Pattern pattern, int at) {
        return pattern.matcher(sql).region(at, sql.length());
    }

    /// What a token may be, tried in this order.
    private enum Candidate {
        ESCAPED(SqlTokens.ESCAPED, Kind.STRING),
        STRING(SqlTokens.STRING, Kind.STRING),
        QUOTED(SqlTokens.QUOTED, Kind.QUOTED),
        PARAMETER(SqlTokens.PARAMETER, Kind.PARAMETER),
        NUMBER(SqlTokens.NUMBER, Kind.NUMBER),
        WORD(SqlTokens.WORD, Kind.WORD);

        private final Pattern pattern;
        private final Kind kind;

        Candidate(Pattern pattern, Kind kind) {
            this.pattern = pattern;
            this.kind = kind;
        }
    }
}
