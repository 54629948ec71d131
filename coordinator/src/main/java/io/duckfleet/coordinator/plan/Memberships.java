package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Finds a statement's conditions on membership in a table's column, in DuckDB's tree. Only where it is plain
/// what the names mean: the subquery reads one table, and none in it is a CTE.
final class Memberships {

    private static final Set<String> NO_AGGREGATE = Set.of("COLUMN_REF", "CONSTANT", "STAR");

    private final JsonNode statement;
    private final List<TableShape> tables;
    private final Set<String> ctes = new HashSet<>();
    private final List<Membership> found = new ArrayList<>();

    private Memberships(JsonNode statement, List<TableShape> tables) {
        this.statement = statement;
        this.tables = tables;
    }

    /// Those in columns of `tables`.
    static List<Membership> in(JsonNode statement, List<TableShape> tables) {
        Memberships memberships = new Memberships(statement, tables);
        memberships.collectCtes(statement);
        memberships.collect(statement);
        return List.copyOf(memberships.found);
    }

    private void collectCtes(JsonNode node) {
        node.path("cte_map").path("map").forEach(cte -> ctes.add(lower(cte.path("key"))));
        if (node.has("cte_name")) {
            ctes.add(lower(node.path("cte_name")));
        }
        node.forEach(this::collectCtes);
    }

    private void collect(JsonNode node) {
        if (node.path("class").asText().equals("SUBQUERY")) {
            JsonNode select = node.path("subquery").path("node");
            Set<String> reads = new HashSet<>();
            collectTables(select, reads);
            if (reads.stream().noneMatch(ctes::contains)) {
                from(select)
                        .flatMap(from -> membership(node, select, from, reads))
                        .ifPresent(found::add);
            }
        }
        node.forEach(this::collect);
    }

    private static void collectTables(JsonNode node, Set<String> names) {
        if (node.path("type").asText().equals("BASE_TABLE")) {
            names.add(lower(node.path("table_name")));
        }
        node.forEach(child -> collectTables(child, names));
    }

    private static String lower(JsonNode name) {
        return name.asText().toLowerCase(Locale.ROOT);
    }

    private Optional<TableInFrom> from(JsonNode select) {
        JsonNode from = select.path("from_table");
        boolean isBare = select.path("type").asText().equals("SELECT_NODE")
                && from.path("catalog_name").asText().isEmpty()
                && from.path("schema_name").asText().isEmpty();
        return tables.stream()
                .filter(table -> isBare
                        && table.name().equalsIgnoreCase(from.path("table_name").asText()))
                .findFirst()
                .flatMap(table -> TableInFrom.of(from, table));
    }

    private Optional<Membership> membership(JsonNode condition, JsonNode select, TableInFrom from, Set<String> reads) {
        return switch (condition.path("subquery_type").asText()) {
            case "ANY" -> among(condition, select, from, reads);
            case "EXISTS" -> existing(condition, select, from, reads);
            default -> Optional.empty();
        };
    }

    private Optional<Membership> among(JsonNode condition, JsonNode select, TableInFrom from, Set<String> reads) {
        JsonNode member = condition.path("child");
        JsonNode items = select.path("select_list");
        boolean isEquality = condition.path("comparison_type").asText().equals("COMPARE_EQUAL");
        if (!isEquality || !isColumn(member) || items.size() != 1) {
            return Optional.empty();
        }
        return from.columnOf(items.path(0))
                .map(key -> new Membership(statement, condition, member, from.table(), key, reads));
    }

    /// Rows are there only for rows of the table that pass: no aggregate makes one of none.
    private Optional<Membership> existing(JsonNode condition, JsonNode select, TableInFrom from, Set<String> reads) {
        boolean givesItsRows = select.path("aggregate_handling").asText().equals("STANDARD_HANDLING")
                && select.path("group_sets").isEmpty()
                && (select.path("having").isMissingNode()
                        || select.path("having").isNull())
                && children(select.path("select_list")).allMatch(Memberships::isUnnamedValue);
        if (!givesItsRows) {
            return Optional.empty();
        }
        return conjuncts(select.path("where_clause"))
                .filter(conjunct -> conjunct.path("type").asText().equals("COMPARE_EQUAL"))
                .flatMap(equality -> Stream.concat(
                        compared(condition, equality.path("left"), equality.path("right"), from, reads).stream(),
                        compared(condition, equality.path("right"), equality.path("left"), from, reads).stream()))
                .findFirst();
    }

    /// A name given here could hide the outer column that seems to be compared.
    private static boolean isUnnamedValue(JsonNode item) {
        return NO_AGGREGATE.contains(item.path("class").asText())
                && item.path("alias").asText().isEmpty();
    }

    private Optional<Membership> compared(
            JsonNode condition, JsonNode key, JsonNode member, TableInFrom from, Set<String> reads) {
        return from.columnOf(key)
                .filter(_ -> isColumn(member) && from.isElsewhere(member))
                .map(column -> new Membership(statement, condition, member, from.table(), column, reads));
    }

    private static Stream<JsonNode> conjuncts(JsonNode condition) {
        return condition.path("type").asText().equals("CONJUNCTION_AND")
                ? children(condition.path("children")).flatMap(Memberships::conjuncts)
                : Stream.of(condition);
    }

    private static Stream<JsonNode> children(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean isColumn(JsonNode expression) {
        return expression.path("class").asText().equals("COLUMN_REF");
    }
}
