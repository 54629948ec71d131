package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds a statement's conditions on membership in a subquery's column, in DuckDB's tree. Only where it is
/// plain what the names mean: the subquery reads one table, and none in it is a CTE.
final class Memberships {

    private static final Set<String> NO_AGGREGATE = Set.of("COLUMN_REF", "CONSTANT", "STAR");

    private final JsonNode statement;
    private final List<TableShape> tables;
    private final Set<String> ctes;
    private final List<Membership> found = new ArrayList<>();

    private Memberships(JsonNode statement, List<TableShape> tables) {
        this.statement = statement;
        this.tables = tables;
        this.ctes = StatementTrees.ctesIn(statement);
    }

    /// Those in columns of `tables`. They leave out rows of the tables that their subqueries don't read
    /// themselves: there it isn't the condition that filters.
    static List<Membership> in(JsonNode statement, List<TableShape> tables) {
        Memberships memberships = new Memberships(statement, tables);
        memberships.collect(statement);
        return List.copyOf(memberships.found);
    }

    private void collect(JsonNode node) {
        if (StatementTrees.isSubquery(node)) {
            JsonNode select = node.path("subquery").path("node");
            List<String> reads = StatementTrees.tablesIn(select);
            if (reads.stream().noneMatch(ctes::contains)) {
                from(select)
                        .flatMap(from -> membership(node, select, from, others(reads)))
                        .ifPresent(found::add);
            }
        }
        node.forEach(this::collect);
    }

    private Set<String> others(List<String> reads) {
        Set<String> others = tables.stream()
                .map(table -> table.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        reads.forEach(others::remove);
        return others;
    }

    private Optional<TableInFrom> from(JsonNode select) {
        JsonNode from = select.path("from_table");
        return select.path("type").asText().equals("SELECT_NODE") ? TableInFrom.of(from, tables) : Optional.empty();
    }

    private Optional<Membership> membership(
            JsonNode condition, JsonNode select, TableInFrom from, Set<String> reduces) {
        return switch (condition.path("subquery_type").asText()) {
            case "ANY" -> among(condition, select, from, reduces);
            case "EXISTS" -> existing(condition, select, from, reduces);
            default -> Optional.empty();
        };
    }

    private Optional<Membership> among(JsonNode condition, JsonNode select, TableInFrom from, Set<String> reduces) {
        JsonNode member = condition.path("child");
        JsonNode items = select.path("select_list");
        boolean isEquality = condition.path("comparison_type").asText().equals("COMPARE_EQUAL");
        if (!isEquality || !StatementTrees.isColumn(member) || items.size() != 1) {
            return Optional.empty();
        }
        return from.columnOf(items.path(0))
                .map(key -> new Membership(statement, condition, member, from.table(), key, reduces));
    }

    /// Rows are there only for rows of the table that pass: no aggregate makes one of none.
    private Optional<Membership> existing(JsonNode condition, JsonNode select, TableInFrom from, Set<String> reduces) {
        boolean givesItsRows = select.path("aggregate_handling").asText().equals("STANDARD_HANDLING")
                && select.path("group_sets").isEmpty()
                && (select.path("having").isMissingNode()
                        || select.path("having").isNull())
                && StatementTrees.elements(select.path("select_list")).allMatch(Memberships::isUnnamedValue);
        if (!givesItsRows) {
            return Optional.empty();
        }
        return StatementTrees.equalities(select.path("where_clause"))
                .flatMap(equality -> compared(condition, equality, from, reduces).stream())
                .findFirst();
    }

    /// A name given here could hide the outer column that seems to be compared.
    private static boolean isUnnamedValue(JsonNode item) {
        return NO_AGGREGATE.contains(item.path("class").asText())
                && item.path("alias").asText().isEmpty();
    }

    private Optional<Membership> compared(
            JsonNode condition, StatementTrees.Equality equality, TableInFrom from, Set<String> reduces) {
        JsonNode member = equality.other();
        return from.columnOf(equality.one())
                .filter(_ -> StatementTrees.isColumn(member) && from.isElsewhere(member))
                .map(column -> new Membership(statement, condition, member, from.table(), column, reduces));
    }
}
