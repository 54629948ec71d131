package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.TableReference;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.statement.CallersStatement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the plan of a statement: whole tables first, then each [Rule] takes away what needn't be fetched.
/// Stateless.
public final class Planner {

    private Planner() {}

    /// The plan of `statement` over the schema of `adviser`; `session` is any session, for reading texts.
    /// A plan that the adviser gave before may be given
    /// again.
    ///
    /// @throws FleetException `unknown_table`, or what one DuckDB would say when it can't bind the statement
    public static LocalQuery plan(CallersStatement statement, Adviser adviser, Session session) {
        return adviser.plans().plan(statement, () -> planAnew(statement, adviser, session));
    }

    private static LocalQuery planAnew(CallersStatement statement, Adviser adviser, Session session) {
        LocalQuery whole = new LocalQuery(statement.toRun(), inputs(statement.select(), adviser.schema()));
        Optional<Advice> advice =
                whole.fragments().isEmpty() ? Optional.empty() : advise(statement, whole.tables(), adviser);
        if (advice.isEmpty()) {
            return whole;
        }
        LocalQuery plan = whole;
        for (Rule rule : rules(statement, advice.get(), adviser, session)) {
            plan = rule.rewrite(plan);
        }
        return TimeDependence.in(statement.select())
                ? plan
                : new ReduceBySemiJoin(() -> adviser.proofs(statement.toRun().sql(), advice.get()), adviser::isLarge)
                        .rewrite(plan);
    }

    private static List<PlanNode> inputs(SelectStatement statement, FleetSchema schema) {
        return statement.tables().stream()
                .map(schema::resolve)
                .distinct()
                .<PlanNode>map(table -> table.home().isInLake() ? new LakeScan(table) : TableFragment.whole(table))
                .toList();
    }

    /// None for what the stubs can't stand in for (time travel, PIVOT without an IN list), and none when the
    /// optimizer fails of itself: whole tables are always right.
    private static Optional<Advice> advise(CallersStatement statement, List<TableShape> tables, Adviser adviser) {
        if (statement.isOpenPivot() || statement.select().tables().stream().anyMatch(TableReference::timeTravel)) {
            return Optional.empty();
        }
        try {
            return Optional.of(adviser.advise(statement.toRun().sql()));
        } catch (FleetException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                return Optional.empty();
            }
            throw MissingColumn.told(e, tables);
        }
    }

    private static List<Rule> rules(CallersStatement statement, Advice advice, Adviser adviser, Session session) {
        Rule prune = new PruneColumns(advice);
        if (TimeDependence.in(statement.select())) {
            return List.of(prune);
        }
        List<Rule> ofRows = List.of(
                prune,
                new PushPredicateIntoFragment(advice),
                new PushLimitIntoFragment(advice, StatementSplitter.shapeOf(statement, session)),
                new SkipUnreadTable(advice));
        List<Rule> ofAnswers = List.of(
                new PushWholeQueryToNode(advice, session),
                new PushPartialAggregateToShards(advice, adviser::answerOf, session));
        return switch (adviser.nodeWork()) {
            case ROWS -> ofRows;
            case ANSWERS -> Stream.concat(ofRows.stream(), ofAnswers.stream()).toList();
        };
    }
}
