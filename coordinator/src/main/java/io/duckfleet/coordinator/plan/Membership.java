package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.statement.StatementWriter;
import java.util.Locale;
import java.util.Set;

/// A condition of a statement that can hold only where `member` is a value of the table's column `byKey`:
/// `member IN (SELECT byKey FROM by ..)`, `EXISTS (SELECT .. FROM by WHERE byKey = member ..)`, or, in a
/// subquery of `by`'s statement, `member = byKey`. `condition` and `member` are parts of the tree
/// `statement`; `reduces` has the names, in lower case, of the tables of which the condition may leave out
/// rows.
record Membership(
        JsonNode statement, JsonNode condition, JsonNode member, TableShape by, Column byKey, Set<String> reduces) {

    private static final String MEMBER = "member";

    Membership {
        reduces = Set.copyOf(reduces);
    }

    /// Whether the condition may leave out rows of the table.
    boolean reduces(TableShape table) {
        return reduces.contains(table.name().toLowerCase(Locale.ROOT));
    }

    /// The statement with `comparison` in place of the condition: SQL about the member, which is `%1$s` in
    /// it.
    String with(String comparison, Session session) {
        return StatementWriter.text(session, in(statement, comparison, session));
    }

    /// The same of a tree that has been changed elsewhere.
    JsonNode in(JsonNode tree, String comparison, Session session) {
        JsonNode ofPlaceholder = StatementTrees.expression(session, comparison.formatted(MEMBER));
        JsonNode ofMember = StatementWriter.replaced(ofPlaceholder, Membership::isPlaceholder, _ -> member.deepCopy());
        return StatementWriter.replaced(tree, condition::equals, _ -> ofMember.deepCopy());
    }

    private static boolean isPlaceholder(JsonNode part) {
        return StatementTrees.isColumn(part)
                && part.path("column_names").path(0).asText().equals(MEMBER);
    }
}
