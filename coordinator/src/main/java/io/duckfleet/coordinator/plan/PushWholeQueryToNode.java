package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets the node that holds all tables of a statement run the whole of it, so that only the answer travels.
///
/// Sound because:
/// - every name in the statement stands for a table all rows of which any one of the same nodes has, in its
///   order, at the version that the node checks, which is one for all of its tables, as they are loaded and
///   replaced together; shards and the lake have no place;
/// - the statement's text isn't touched: where names differ, a CTE around it gives the node's table the name,
///   and none of these names is that of another table there;
/// - the same DuckDB with the same settings runs it there as would here, and nothing in it depends on the
///   instance or the clock ([InstanceDependence]);
/// - the answer's types travel exactly, its names are those of the binding over the stubs, its order is kept;
/// - what the node refuses (an error in a value, its memory) is done as before, and tells what it always
///   told.
///
/// It is not done where the answer may have more rows than the tables ([AnswerBound]): that would be more to
/// fetch, and only the coordinator can spill it. Joins of different tables by equality are taken to keep to
/// that, as most meet on a key; what is too large after all, the node refuses.
final class PushWholeQueryToNode implements Rule {

    /// So few rows are handed on as the node writes them (docs/decisions/024).
    private static final long FEW_ROWS = 1_000;

    private final Advice advice;
    private final Session session;

    PushWholeQueryToNode(Advice advice, Session session) {
        this.advice = advice;
        this.session = session;
    }

    @Override
    public LocalQuery rewrite(LocalQuery query) {
        boolean isWhole = isAtOnePlace(query)
                && !InstanceDependence.in(query.statement())
                && advice.isAnswerBounded(boundOf(query.tables()));
        if (!isWhole) {
            return query;
        }
        List<Column> answer = advice.answer();
        if (!answer.stream().allMatch(column -> ExactTypes.travel(column.type()))) {
            return query;
        }
        QueryFragment fragment =
                QueryFragment.of(query.statement(), query.tables(), answer, isShort(query.statement()));
        return new LocalQuery(readOf(answer), List.of(fragment), Optional.of(query));
    }

    private boolean isShort(SelectStatement statement) {
        return RowLimit.of(statement).orElse(Long.MAX_VALUE) <= FEW_ROWS || advice.isAnswerBounded(AnswerBound.ONE_ROW);
    }

    private static boolean isAtOnePlace(LocalQuery query) {
        TableShape first = query.tables().getFirst();
        return query.inputs().stream().anyMatch(Fragment.class::isInstance)
                && query.inputs().stream().noneMatch(LakeScan.class::isInstance)
                && query.tables().stream().allMatch(first::isBeside)
                && query.tables().stream().allMatch(table -> isNamedClearly(table, query.tables()));
    }

    /// A CTE of the table's name must not hide another table of the node that the statement needs, too.
    private static boolean isNamedClearly(TableShape table, List<TableShape> all) {
        return all.stream()
                .filter(other -> !table.isSameAs(other))
                .flatMap(other -> other.place().stream())
                .noneMatch(place -> place.table().equalsIgnoreCase(table.name()));
    }

    private static AnswerBound boundOf(List<TableShape> tables) {
        return tables.stream().allMatch(tables.getFirst()::isSameAs)
                ? AnswerBound.TABLES
                : AnswerBound.TABLES_AND_EQUALITY;
    }

    private SelectStatement readOf(List<Column> answer) {
        List<String> items = new ArrayList<>();
        for (Column column : answer) {
            items.add("c%d AS %s".formatted(items.size(), column.quoted()));
        }
        return StatementReader.read(
                session,
                "SELECT %s FROM %s".formatted(String.join(", ", items), Identifiers.quote(QueryFragment.ANSWER)));
    }
}
