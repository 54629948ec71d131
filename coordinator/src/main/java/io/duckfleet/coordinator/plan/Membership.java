package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import java.util.Locale;
import java.util.Set;

/// A condition of a statement that can hold only for values of a table's column:
/// `member IN (SELECT byKey FROM by ..)` or `EXISTS (SELECT .. FROM by WHERE byKey = member ..)`. `condition`
/// and `member` are parts of the tree `statement`; `reads` has the names, in lower case, of all tables in the
/// subquery.
record Membership(
        JsonNode statement, JsonNode condition, JsonNode member, TableShape by, Column byKey, Set<String> reads) {

    private static final String MEMBER = "member";

    Membership {
        reads = Set.copyOf(reads);
    }

    /// Whether the subquery reads the table.
    boolean reads(TableShape table) {
        return reads.contains(table.name().toLowerCase(Locale.ROOT));
    }

    /// The statement with `comparison` in place of the condition: SQL about the member, which is `%1$s` in
    /// it.
    String with(String comparison, Session session) {
        JsonNode ofPlaceholder = StatementTrees.expression(session, comparison.formatted(MEMBER));
        JsonNode ofMember = StatementTrees.replaced(ofPlaceholder, Membership::isPlaceholder, member);
        return StatementTrees.text(session, StatementTrees.replaced(statement, condition::equals, ofMember));
    }

    private static boolean isPlaceholder(JsonNode part) {
        return part.path("class").asText().equals("COLUMN_REF")
                && part.path("column_names").path(0).asText().equals(MEMBER);
    }
}
