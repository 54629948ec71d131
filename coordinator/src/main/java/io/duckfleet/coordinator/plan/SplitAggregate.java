package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.StatementWriter;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A statement that groups one table's rows, in two: what each part of the table answers (the groups' keys,
/// then the aggregates, under names of ours), and what makes the statement's answer of these. Works on the
/// trees of DuckDB's parser.
final class SplitAggregate {

    private static final String NAME = "part ";

    private final Session session;
    private final JsonNode partial;
    private final JsonNode whole;

    private SplitAggregate(Session session, JsonNode partial, JsonNode whole) {
        this.session = session;
        this.partial = partial;
        this.whole = whole;
    }

    /// The statement `sql` over `table` in two, its answer's columns called `names`; none where that isn't
    /// exact, or isn't known to be.
    static Optional<SplitAggregate> of(String sql, TableShape table, List<String> names, Session session) {
        if (names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(NAME))) {
            return Optional.empty();
        }
        JsonNode statement = StatementTrees.select(session, sql);
        boolean isWithin = isPlainReadOfSubquery(statement, session);
        JsonNode node = isWithin ? subquery(statement) : statement;
        return GroupedSelect.of(node, table).flatMap(select -> {
            Combination combination = new Combination(select, ScalarFunctions.of(session), session);
            return combination
                    .of(names)
                    .map(whole -> new SplitAggregate(
                            session,
                            partial(node, select, combination.aggregates()),
                            isWithin ? within(statement, whole) : whole));
        });
    }

    /// `FROM (SELECT ..) LIMIT n`, as a caller's row limit makes it.
    private static boolean isPlainReadOfSubquery(JsonNode node, Session session) {
        ObjectNode plain = (ObjectNode) StatementTrees.withoutPlaces(StatementTrees.select(session, "FROM (SELECT 1)"));
        JsonNode found = StatementTrees.withoutPlaces(node);
        if (!subquery(node).path("type").asText().equals("SELECT_NODE") || !hasLimitAtMost(node)) {
            return false;
        }
        plain.set("modifiers", found.path("modifiers"));
        return within(plain, subquery(found)).equals(found);
    }

    private static boolean hasLimitAtMost(JsonNode node) {
        return StreamSupport.stream(node.path("modifiers").spliterator(), false)
                .allMatch(modifier -> modifier.path("type").asText().equals("LIMIT_MODIFIER"));
    }

    private static JsonNode subquery(JsonNode node) {
        return node.path("from_table").path("subquery").path("node");
    }

    private static JsonNode within(JsonNode outer, JsonNode inner) {
        ObjectNode copy = outer.deepCopy();
        ((ObjectNode) copy.path("from_table").path("subquery")).set("node", inner);
        return copy;
    }

    private static JsonNode partial(JsonNode node, GroupedSelect select, List<JsonNode> aggregates) {
        ObjectNode partial = node.deepCopy();
        ArrayNode items = partial.putArray("select_list");
        select.groups().forEach(group -> items.add(group.deepCopy()));
        aggregates.forEach(aggregate -> items.add(aggregate.deepCopy()));
        partial.putArray("modifiers");
        partial.putNull("having");
        setGroups(partial, select.groups());
        return partial;
    }

    /// Makes `groups` the keys of a SELECT's groups.
    static void setGroups(ObjectNode select, List<JsonNode> groups) {
        ArrayNode expressions = select.putArray("group_expressions");
        ArrayNode sets = select.putArray("group_sets");
        select.put("aggregate_handling", "STANDARD_HANDLING");
        if (!groups.isEmpty()) {
            ArrayNode all = sets.addArray();
            for (int i = 0; i < groups.size(); i++) {
                expressions.add(groups.get(i).deepCopy());
                all.add(i);
            }
        }
    }

    /// What each part of the table answers.
    String partialSql() {
        return StatementWriter.text(session, partial);
    }

    /// What makes the answer of the parts' answers, which are in the table [QueryFragment#ANSWER].
    String wholeSql() {
        return StatementWriter.text(session, whole);
    }

    /// The name under which a part's key or aggregate of that number is read.
    static String nameOf(int number) {
        return NAME + number;
    }

    /// The parts' answer, whose columns are `bound`, under our names.
    static List<Column> named(List<Column> bound) {
        List<Column> named = new ArrayList<>();
        for (Column column : bound) {
            named.add(new Column(nameOf(named.size()), column.type()));
        }
        return named;
    }

    /// The tree of the FROM that reads the parts' answers.
    static JsonNode fromAnswers(Session session) {
        return StatementTrees.select(session, "SELECT 1 FROM " + Identifiers.quote(QueryFragment.ANSWER))
                .path("from_table");
    }
}
