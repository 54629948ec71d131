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
import java.util.regex.Pattern;

/// Lets the node that holds all tables of a statement run the whole of it, so that only the answer travels.
///
/// Sound because:
/// - every name in the statement stands for one and the same table, all rows of which any node of its place
///   has, in its order, at the version that the node checks; shards and the lake have no place;
/// - the statement's text isn't touched: where names differ, a CTE around it gives the node's table the name;
/// - the same DuckDB with the same settings runs it there as would here, and nothing in it depends on the
///   instance or the clock ([InstanceDependence]);
/// - the answer's types travel exactly, its names are those of the binding over the stubs, its order is kept;
/// - what the node refuses (an error in a value, its memory) is done as before, and tells what it always
///   told.
///
/// It is not done where the answer may have more rows than the table ([AnswerBound]): that would be more to
/// fetch, and only the coordinator can spill it.
final class PushWholeQueryToNode implements Rule {

    private static final Pattern TRAVELS_EXACTLY = Pattern.compile(
            "(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(\\d+, ?\\d+\\)|VARCHAR|BLOB|UUID|DATE|TIME"
                    + "|TIMESTAMP|TIMESTAMP WITH TIME ZONE)(\\[])*|U?HUGEINT|INTERVAL");

    private final Advice advice;
    private final Session session;

    PushWholeQueryToNode(Advice advice, Session session) {
        this.advice = advice;
        this.session = session;
    }

    @Override
    public LocalQuery rewrite(LocalQuery query) {
        boolean isWhole = isOfOneTable(query) && !InstanceDependence.in(query.statement()) && advice.isAnswerBounded();
        if (!isWhole) {
            return query;
        }
        List<Column> answer = advice.answer();
        if (!answer.stream()
                .allMatch(column -> TRAVELS_EXACTLY.matcher(column.type()).matches())) {
            return query;
        }
        QueryFragment fragment = new QueryFragment(query.statement(), query.tables(), numbered(answer));
        return new LocalQuery(readOf(answer), List.of(fragment), Optional.of(query));
    }

    private static boolean isOfOneTable(LocalQuery query) {
        TableShape first = query.tables().getFirst();
        return query.inputs().stream().anyMatch(Fragment.class::isInstance)
                && query.inputs().stream().noneMatch(LakeScan.class::isInstance)
                && query.tables().stream().allMatch(first::isSameAs);
    }

    private static List<Column> numbered(List<Column> answer) {
        List<Column> columns = new ArrayList<>();
        for (Column column : answer) {
            columns.add(new Column("c" + columns.size(), column.type()));
        }
        return columns;
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
