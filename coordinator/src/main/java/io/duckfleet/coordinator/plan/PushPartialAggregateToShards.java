package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lets each shard of a table make groups of its own rows, and combines them here: groups travel, not rows.
///
/// Exact because:
/// - the statement reads one table, once, whose rows are those of its shards together, each at the version
///   that its node checks;
/// - WHERE and FILTER look at one row at a time, so each shard applies them to its own rows;
/// - keys are columns whose equal values are the same, so a group is the union of the shards' groups of the
///   same keys, or, without keys, of all shards' only groups, which are there also where a shard has no
///   row;
/// - each aggregate of a union of parts is made of the parts' ([CombinableAggregate]): counts and sums are
///   added, of the least the least is taken, and so on. Sums are of integers (into HUGEINT) and decimals,
///   which are the same in any order; sums of floating point numbers, averages, and whatever depends on an
///   order or on distinct values stay here;
/// - select list, HAVING and ORDER BY are functions of keys and such aggregates, and nothing else: they are
///   evaluated here, after combining, as they are written;
/// - keys and aggregates travel exactly, and the answer's names are those of the binding over the stubs;
/// - nothing depends on the instance or the clock, and what a shard refuses (an error in a value) is done as
///   before.
final class PushPartialAggregateToShards implements Rule {

    private final Advice advice;
    private final Function<String, List<Column>> bind;
    private final Session session;

    /// `bind` tells the columns of a statement's answer.
    PushPartialAggregateToShards(Advice advice, Function<String, List<Column>> bind, Session session) {
        this.advice = advice;
        this.bind = bind;
        this.session = session;
    }

    @Override
    public LocalQuery rewrite(LocalQuery query) {
        if (!isOfOneShardedTable(query) || InstanceDependence.in(query.statement())) {
            return query;
        }
        try {
            List<String> names = advice.answer().stream().map(Column::name).toList();
            TableShape table = query.tables().getFirst();
            return SplitAggregate.of(query.statement().sql(), table, names, session)
                    .flatMap(split -> split(query, table, split))
                    .orElse(query);
        } catch (FleetException e) {
            return query;
        }
    }

    private static boolean isOfOneShardedTable(LocalQuery query) {
        return query.inputs().size() == 1
                && query.inputs().getFirst() instanceof TableFragment fragment
                && fragment.table().home() == Home.NODE
                && fragment.table().place().isEmpty();
    }

    private Optional<LocalQuery> split(LocalQuery query, TableShape table, SplitAggregate split) {
        SelectStatement partial = StatementReader.read(session, split.partialSql());
        List<Column> columns = SplitAggregate.named(bind.apply(partial.sql()));
        if (!columns.stream().allMatch(column -> ExactTypes.travel(column.type()))) {
            return Optional.empty();
        }
        return Optional.of(new LocalQuery(
                StatementReader.read(session, split.wholeSql()),
                List.of(new QueryFragment(partial, List.of(table), columns, Optional.empty())),
                Optional.of(query)));
    }
}
