package io.duckfleet.common.statement;

import java.util.List;
import java.util.Locale;

/// What kind of statement a text is that is no SELECT, in words for its author.
final class StatementKind {

    private static final int LONGEST_START = 5;

    private StatementKind() {}

    static String of(String sql) {
        List<SqlToken> tokens = SqlTokens.of(sql);
        if (tokens.stream().limit(LONGEST_START).anyMatch(StatementKind::isMacro)) {
            return "a macro's definition; macros can't be made here, write the expression out or in a CTE";
        }
        return switch (tokens.isEmpty() ? "" : tokens.getFirst().text().toUpperCase(Locale.ROOT)) {
            case "" -> "none";
            case "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY", "CREATE", "ALTER", "DROP" ->
                "%s; tables can only be read here".formatted(first(tokens));
            case "SET", "RESET", "PRAGMA", "USE", "LOAD", "INSTALL", "ATTACH", "DETACH" ->
                "%s; nothing can be set or loaded here".formatted(first(tokens));
            case "PREPARE", "EXECUTE", "DEALLOCATE" ->
                "%s; send values as \"parameters\" of the request".formatted(first(tokens));
            case "PIVOT", "PIVOT_WIDER" -> "a PIVOT whose IN list is a query; leave the list out, or write the values";
            default -> areSeveral(tokens) ? "more than one; send them one at a time" : first(tokens);
        };
    }

    private static boolean areSeveral(List<SqlToken> tokens) {
        return tokens.stream().limit(tokens.size() - 1).anyMatch(token -> token.isSymbol(';'));
    }

    private static boolean isMacro(SqlToken token) {
        return token.isWord("MACRO") || token.isWord("FUNCTION");
    }

    private static String first(List<SqlToken> tokens) {
        String word = tokens.getFirst().text();
        return word.length() > 20 ? "another kind of statement" : word.toUpperCase(Locale.ROOT);
    }
}
