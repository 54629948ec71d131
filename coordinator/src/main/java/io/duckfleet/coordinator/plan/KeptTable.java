package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.StatementWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A table that stands once in a statement, in the FROM clause of `select`, where no join puts NULLs in place
/// of its rows: on either side of an inner join, on the left of a left, semi or anti join, on the right of a
/// right one. To read only rows of it that meet a condition is to have the condition in the WHERE of
/// that SELECT.
///
/// There the optimizer carries it to every table that is joined. From the table itself it carries it through
/// one join, and no further (DuckDB 1.5.5).
record KeptTable(JsonNode statement, JsonNode select, TableInFrom from) {

    private static final String PLACEHOLDER = "before";

    /// The table in `statement`, a tree of DuckDB's, if it is such a one.
    static Optional<KeptTable> in(JsonNode statement, TableShape table) {
        String name = table.name().toLowerCase(Locale.ROOT);
        boolean isOnce =
                StatementTrees.tablesIn(statement).stream().filter(name::equals).count() == 1;
        return isOnce && !StatementTrees.ctesIn(statement).contains(name)
                ? selects(statement)
                        .flatMap(select -> kept(select.path("from_table"), table).stream()
                                .map(from -> new KeptTable(statement, select, from)))
                        .findFirst()
                : Optional.empty();
    }

    private static Stream<JsonNode> selects(JsonNode tree) {
        return Stream.concat(
                Stream.of(tree).filter(node -> node.path("type").asText().equals("SELECT_NODE")),
                StatementTrees.elements(tree).flatMap(KeptTable::selects));
    }

    private static Optional<TableInFrom> kept(JsonNode from, TableShape table) {
        return switch (from.path("type").asText()) {
            case "BASE_TABLE" -> TableInFrom.of(from, List.of(table));
            case "JOIN" -> keptByJoin(from, table);
            default -> Optional.empty();
        };
    }

    private static Optional<TableInFrom> keptByJoin(JsonNode join, TableShape table) {
        boolean isPlain = switch (join.path("ref_type").asText()) {
            case "REGULAR", "CROSS", "NATURAL" -> true;
            default -> false;
        };
        if (!isPlain || !join.path("sample").isNull()) {
            return Optional.empty();
        }
        return switch (join.path("join_type").asText()) {
            case "INNER" -> kept(join.path("left"), table).or(() -> kept(join.path("right"), table));
            case "LEFT", "SEMI", "ANTI" -> kept(join.path("left"), table);
            case "RIGHT" -> kept(join.path("right"), table);
            default -> Optional.empty();
        };
    }

    /// The statement with `comparison` in the WHERE as well: SQL about the column `key`, which is `%1$s` in
    /// it.
    String with(String comparison, Column key, Session session) {
        String added = comparison.formatted(Identifiers.quote(from.alias()) + "." + key.quoted());
        JsonNode where = select.path("where_clause");
        JsonNode condition = where.isNull() || where.isMissingNode()
                ? StatementTrees.expression(session, added)
                : StatementWriter.replaced(
                        StatementTrees.expression(session, "%s AND (%s)".formatted(PLACEHOLDER, added)),
                        KeptTable::isPlaceholder,
                        _ -> where.deepCopy());
        return StatementWriter.text(session, StatementWriter.replaced(statement, select::equals, whole -> {
            ObjectNode changed = whole.deepCopy();
            changed.set("where_clause", condition);
            return changed;
        }));
    }

    private static boolean isPlaceholder(JsonNode part) {
        JsonNode names = part.path("column_names");
        return StatementTrees.isColumn(part)
                && names.size() == 1
                && names.path(0).asText().equals(PLACEHOLDER);
    }
}
