package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the equalities by which a statement's subqueries depend on columns of the statement around them, in
/// DuckDB's tree: of `l` in `FROM o WHERE EXISTS (FROM l WHERE l.k = o.k)`, none but rows with keys of `o`
/// are read, whatever becomes of the condition.
///
/// Only where it is plain what the names mean: both FROM clauses have but tables of the fleet, as they stand,
/// none of them a CTE; the outer column is one of theirs, and its name means nothing in the subquery.
final class Correlations {

    private final JsonNode statement;
    private final List<TableShape> tables;
    private final Set<String> ctes;
    private final List<String> allReads;
    private final List<Membership> found = new ArrayList<>();

    private Correlations(JsonNode statement, List<TableShape> tables) {
        this.statement = statement;
        this.tables = tables;
        this.ctes = StatementTrees.ctesIn(statement);
        this.allReads = StatementTrees.tablesIn(statement);
    }

    /// Those with columns of `tables`. They leave out rows of the tables that only the subquery reads.
    static List<Membership> in(JsonNode statement, List<TableShape> tables) {
        Correlations correlations = new Correlations(statement, tables);
        correlations.collect(statement);
        return List.copyOf(correlations.found);
    }

    private void collect(JsonNode node) {
        if (node.path("type").asText().equals("SELECT_NODE")) {
            Scope outer = new Scope(from(node.path("from_table")));
            if (!outer.from().isEmpty()) {
                collect(node.path("where_clause"), outer, true);
                collect(node.path("select_list"), outer, false);
            }
        }
        node.forEach(this::collect);
    }

    /// Of names without a table's, only those in WHERE are surely columns: in the list they may be names that
    /// were given there.
    private void collect(JsonNode expression, Scope outer, boolean byPlainNames) {
        if (StatementTrees.isSubquery(expression)) {
            inSubquery(expression.path("subquery").path("node"), outer, byPlainNames);
        } else {
            expression.forEach(part -> collect(part, outer, byPlainNames));
        }
    }

    private void inSubquery(JsonNode select, Scope outer, boolean byPlainNames) {
        Scope inner = new Scope(from(select.path("from_table")));
        boolean givesNames = StatementTrees.elements(select.path("select_list"))
                .anyMatch(item -> !item.path("alias").asText().isEmpty());
        if (!select.path("type").asText().equals("SELECT_NODE") || inner.from().isEmpty() || givesNames) {
            return;
        }
        Set<String> reduces = readOnlyIn(select);
        StatementTrees.equalities(select.path("where_clause"))
                .filter(sides -> inner.column(sides.one()).isPresent() && inner.hasNot(sides.other()))
                .filter(sides ->
                        byPlainNames || sides.other().path("column_names").size() == 2)
                .forEach(sides -> outer.column(sides.other())
                        .ifPresent(key -> found.add(new Membership(
                                statement, sides.condition(), sides.one(), key.table(), key.column(), reduces))));
    }

    private Set<String> readOnlyIn(JsonNode select) {
        List<String> reads = StatementTrees.tablesIn(select);
        return reads.stream()
                .filter(name -> count(name, reads) == count(name, allReads))
                .collect(Collectors.toSet());
    }

    private static long count(String name, List<String> names) {
        return names.stream().filter(name::equals).count();
    }

    /// The tables of a FROM clause; none where it has anything else.
    private List<TableInFrom> from(JsonNode from) {
        if (from.path("type").asText().equals("JOIN")) {
            List<TableInFrom> left = from(from.path("left"));
            List<TableInFrom> right = from(from.path("right"));
            return left.isEmpty() || right.isEmpty()
                    ? List.of()
                    : Stream.concat(left.stream(), right.stream()).toList();
        }
        return TableInFrom.of(from, tables)
                .filter(table -> StatementTrees.tablesIn(from).stream().noneMatch(ctes::contains))
                .stream()
                .toList();
    }

    private record KeyOf(TableShape table, Column column) {}

    /// The tables that names may mean.
    private record Scope(List<TableInFrom> from) {

        /// The column that is meant, if it is one of exactly one of the tables.
        Optional<KeyOf> column(JsonNode reference) {
            List<TableInFrom> having =
                    from.stream().filter(table -> !table.isElsewhere(reference)).toList();
            return StatementTrees.isColumn(reference) && having.size() == 1
                    ? having.getFirst()
                            .columnOf(reference)
                            .map(column -> new KeyOf(having.getFirst().table(), column))
                    : Optional.empty();
        }

        /// Whether the reference is to a column, and to none of these tables.
        boolean hasNot(JsonNode reference) {
            return StatementTrees.isColumn(reference) && from.stream().allMatch(table -> table.isElsewhere(reference));
        }
    }
}
