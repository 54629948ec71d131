package io.duckfleet.coordinator.plan;

import io.duckfleet.common.statement.RecentTexts;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.statement.CallersStatement;
import java.util.function.Supplier;

/// Keeps the plans of the statements that were planned last over one [FleetSchema], which carries the
/// versions of all tables. Statements that read the clock are planned each time. Thread-safe.
final class PlanCache {

    private final RecentTexts<LocalQuery> plans = new RecentTexts<>();

    /// The statement's plan, made by `planner` if there is none. The text that is run, which has the values
    /// of parameters and the limit in it, decides.
    LocalQuery plan(CallersStatement statement, Supplier<LocalQuery> planner) {
        return TimeDependence.in(statement.select())
                ? planner.get()
                : plans.of(statement.toRun().sql(), _ -> planner.get());
    }
}
