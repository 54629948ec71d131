package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlToken.Kind;
import io.duckfleet.coordinator.statement.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// `PIVOT t ON x` without an IN list. DuckDB runs such a statement in two steps (it looks at the values
/// first), so its parser gives no tree of it. With `IN (number)` put behind each such `x` it does, and that
/// tree names the same tables and functions.
///
/// Sound because what is put in are whole tokens without quotes: they can't end a literal, a comment or a
/// name, so DuckDB's tokens are those of the caller's text and these; and [#areAllIn] counts that each of
/// them became the IN list of a pivot, so without them the same pivot remains.
final class OpenPivots {

    private static final Set<String> ENDS = Set.of("USING", "GROUP", "ORDER", "LIMIT", "OFFSET");

    private final List<SqlToken> columns;
    private final int mark;

    private OpenPivots(List<SqlToken> columns) {
        this.columns = columns;
        this.mark = ThreadLocalRandom.current().nextInt(1_000_000, Integer.MAX_VALUE);
    }

    /// What looks like open pivots in a statement.
    static OpenPivots in(List<SqlToken> tokens) {
        List<SqlToken> columns = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if ((tokens.get(i).isWord("PIVOT") || tokens.get(i).isWord("PIVOT_WIDER")) && startsStatement(tokens, i)) {
                collectColumns(tokens.subList(i + 1, endOfScope(tokens, i + 1)), columns);
            }
        }
        return new OpenPivots(List.copyOf(columns));
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /// The edits that put an IN list behind each column.
    List<Edit> lists() {
        return columns.stream()
                .map(last -> Edit.insert(last.end(), " IN (" + mark + ")"))
                .toList();
    }

    /// Whether the tree has each of the lists, as the list of a pivot.
    boolean areAllIn(JsonNode tree) {
        long found = tree.findValues("pivots").stream()
                .flatMap(OpenPivots::elements)
                .flatMap(pivot -> elements(pivot.path("entries")))
                .flatMap(entry -> elements(entry.path("values")))
                .filter(value -> value.path("value").asInt() == mark)
                .count();
        return found == columns.size();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /// In `FROM t PIVOT (.. FOR x IN (..))` the word stands behind a table; there the list is always given.
    private static boolean startsStatement(List<SqlToken> tokens, int at) {
        return at == 0 || tokens.get(at - 1).isSymbol('(') || tokens.get(at - 1).isSymbol(')');
    }

    private static int endOfScope(List<SqlToken> tokens, int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            depth += step(tokens.get(i));
            if (depth < 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /// The columns stand between the last ON (one before it would be a join's) and the next clause.
    private static void collectColumns(List<SqlToken> pivot, List<SqlToken> columns) {
        int depth = 0;
        int on = -1;
        for (int i = 0; i < pivot.size(); i++) {
            depth += step(pivot.get(i));
            on = depth == 0 && pivot.get(i).isWord("ON") ? i : on;
        }
        if (on >= 0) {
            split(pivot.subList(on + 1, pivot.size()), columns);
        }
    }

    /// The last token of each column that has no IN of its own.
    private static void split(List<SqlToken> list, List<SqlToken> columns) {
        int depth = 0;
        boolean closed = false;
        for (int i = 0; i < list.size(); i++) {
            SqlToken token = list.get(i);
            depth += step(token);
            closed |= depth == 0 && token.isWord("IN");
            boolean last = i + 1 == list.size() || (depth == 0 && endsColumn(list.get(i + 1)));
            if (last && !closed && depth == 0) {
                columns.add(token);
            }
            closed &= !(depth == 0 && token.isSymbol(','));
            if (i + 1 < list.size() && depth == 0 && isClause(list.get(i + 1))) {
                return;
            }
        }
    }

    private static boolean endsColumn(SqlToken next) {
        return next.isSymbol(',') || isClause(next);
    }

    private static boolean isClause(SqlToken token) {
        return token.kind() == Kind.WORD && ENDS.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private static int step(SqlToken token) {
        if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
            return 1;
        }
        return token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}') ? -1 : 0;
    }
}
