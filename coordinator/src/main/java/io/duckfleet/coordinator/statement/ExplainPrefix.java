package io.duckfleet.coordinator.statement;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SqlToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `EXPLAIN [ANALYZE]` or `EXPLAIN (ANALYZE, FORMAT json)` before a statement: how many tokens it takes, and
/// what it asks for.
record ExplainPrefix(int tokens, Optional<Explaining> explaining) {

    static ExplainPrefix in(List<SqlToken> tokens) {
        if (tokens.isEmpty() || !tokens.getFirst().isWord("EXPLAIN")) {
            return new ExplainPrefix(0, Optional.empty());
        }
        if (tokens.size() > 1 && tokens.get(1).isWord("ANALYZE")) {
            return new ExplainPrefix(2, Optional.of(new Explaining(true, false)));
        }
        return isOptions(tokens)
                ? withOptions(tokens)
                : new ExplainPrefix(1, Optional.of(new Explaining(false, false)));
    }

    /// `EXPLAIN (SELECT ..)` has no options but a statement in parentheses.
    private static boolean isOptions(List<SqlToken> tokens) {
        return tokens.size() > 2
                && tokens.get(1).isSymbol('(')
                && (tokens.get(2).isWord("ANALYZE") || tokens.get(2).isWord("FORMAT"));
    }

    private static ExplainPrefix withOptions(List<SqlToken> tokens) {
        boolean analyze = false;
        boolean json = false;
        int at = 2;
        while (at < tokens.size() && !tokens.get(at).isSymbol(')')) {
            SqlToken option = tokens.get(at);
            if (option.isWord("FORMAT") && at + 1 < tokens.size()) {
                at++;
                json = isJson(tokens.get(at));
            } else if (option.isWord("ANALYZE")) {
                analyze = true;
            } else if (!option.isSymbol(',')) {
                throw unknown(option, "ANALYZE or FORMAT");
            }
            at++;
        }
        return new ExplainPrefix(Math.min(at + 1, tokens.size()), Optional.of(new Explaining(analyze, json)));
    }

    private static boolean isJson(SqlToken format) {
        return switch (format.text().toLowerCase(Locale.ROOT)) {
            case "json" -> true;
            case "text", "default" -> false;
            default -> throw unknown(format, "text or json");
        };
    }

    private static FleetException unknown(SqlToken token, String expected) {
        return new FleetException(
                        ErrorCode.SQL_SYNTAX,
                        "%s was expected in the options of EXPLAIN, found \"%s\"".formatted(expected, token.text()))
                .with("position", token.start());
    }
}
