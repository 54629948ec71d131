package io.duckfleet.coordinator.trino;

import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds the tables that a statement names: what stands after FROM, JOIN and TABLE, after the commas of a
/// FROM clause, and what is described. That is enough to tell a caller about them; planning is Trino's
/// affair.
final class TrinoTables {

    private static final Set<String> WITHOUT_TABLES = Set.of("tables", "schemas", "catalogs", "functions", "session");
    private static final Set<String> CALLS_WITH_FROM = Set.of("extract", "trim", "substring");
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");
    private static final Set<String> AFTER_FROM = Set.of(
            "where", "group", "having", "order", "limit", "offset", "fetch", "union", "intersect", "except", "window");
    private static final Set<String> NO_NAMES =
            Set.of("select", "with", "values", "table", "lateral", "unnest", "input", "output");

    private final List<SqlToken> tokens;
    private final Set<String> names = new LinkedHashSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean nameIsNext;

    private TrinoTables(List<SqlToken> tokens) {
        this.tokens = tokens;
        levels.push(new Level(false));
    }

    /// Between two parentheses: those of a call have a FROM that names no table (`extract(year FROM d)`).
    private static final class Level {

        private final boolean isCall;
        private boolean inFrom;

        private Level(boolean isCall) {
            this.isCall = isCall;
        }
    }

    /// The names as they are written but for quotes, each once, without those that WITH gives. `kind` is the
    /// statement's first word.
    static List<String> in(String kind, List<SqlToken> tokens) {
        if (kind.equals("show") && tokens.size() > 1 && isOneOf(tokens.get(1), WITHOUT_TABLES)) {
            return List.of();
        }
        TrinoTables tables = new TrinoTables(tokens);
        int at = 0;
        while (at < tokens.size()) {
            at = tables.read(at);
        }
        Set<String> ofWith = tables.namesOfWith();
        return tables.names.stream()
                .filter(name -> !ofWith.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /// Takes the token at `at` with those that belong to it, and tells where the next one is.
    private int read(int at) {
        SqlToken token = tokens.get(at);
        boolean isNamed = nameIsNext && isName(token) && !isOneOf(token, NO_NAMES);
        if (token.isSymbol('(')) {
            open(at);
        } else if (token.isSymbol(')')) {
            close();
        } else {
            nameIsNext = false;
            if (isNamed) {
                return readName(at);
            }
            keyword(at, token);
        }
        return at + 1;
    }

    private void open(int at) {
        Level level = new Level(at > 0 && isOneOf(tokens.get(at - 1), CALLS_WITH_FROM));
        level.inFrom = nameIsNext;
        levels.push(level);
    }

    private void close() {
        nameIsNext = false;
        if (levels.size() > 1) {
            levels.pop();
        }
    }

    private void keyword(int at, SqlToken token) {
        Level level = levels.getFirst();
        if (token.isWord("from") && !level.isCall && !isDistinctBefore(at)) {
            level.inFrom = true;
            nameIsNext = true;
        } else if (token.isWord("join") || (token.isSymbol(',') && level.inFrom)) {
            nameIsNext = true;
        } else if (token.isWord("table") || (at == 0 && (token.isWord("describe") || token.isWord("desc")))) {
            nameIsNext = at + 1 < tokens.size() && !tokens.get(at + 1).isSymbol('(');
        } else if (isOneOf(token, AFTER_FROM) || isOneOf(token, QUERIES)) {
            level.inFrom = false;
        }
    }

    /// `a IS DISTINCT FROM b`
    private boolean isDistinctBefore(int at) {
        return at > 0 && tokens.get(at - 1).isWord("distinct");
    }

    /// A name with its qualifiers, unless it is a function's.
    private int readName(int from) {
        StringBuilder name = new StringBuilder(plain(tokens.get(from)));
        int at = from;
        while (at + 2 < tokens.size() && tokens.get(at + 1).isSymbol('.') && isName(tokens.get(at + 2))) {
            at += 2;
            name.append('.').append(plain(tokens.get(at)));
        }
        if (at + 1 == tokens.size() || !tokens.get(at + 1).isSymbol('(')) {
            names.add(name.toString());
        }
        return at + 1;
    }

    /// `name AS (SELECT` and `name (a, b) AS (SELECT`
    private Set<String> namesOfWith() {
        Set<String> found = new HashSet<>();
        for (int at = 1; at + 2 < tokens.size(); at++) {
            if (tokens.get(at).isWord("as")
                    && tokens.get(at + 1).isSymbol('(')
                    && (isOneOf(tokens.get(at + 2), QUERIES)
                            || tokens.get(at + 2).isSymbol('('))) {
                int name = tokens.get(at - 1).isSymbol(')') ? beforeParenthesis(at - 1) : at - 1;
                if (name >= 0 && isName(tokens.get(name))) {
                    found.add(plain(tokens.get(name)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return found;
    }

    private int beforeParenthesis(int close) {
        int at = close;
        while (at >= 0 && !tokens.get(at).isSymbol('(')) {
            at--;
        }
        return at - 1;
    }

    private static boolean isName(SqlToken token) {
        return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED;
    }

    private static boolean isOneOf(SqlToken token, Set<String> words) {
        return token.kind() == Kind.WORD && words.contains(token.text().toLowerCase(Locale.ROOT));
    }

    private static String plain(SqlToken token) {
        return token.kind() == Kind.QUOTED
                ? token.text().substring(1, token.text().length() - 1).replace("\"\"", "\"")
                : token.text();
    }
}
