package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.statement.CallersStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps the plans of the statements that were planned last over one [FleetSchema], which carries the
/// versions of all tables. Statements that read the clock are planned each time. Thread-safe.
final class PlanCache {

    private static final int MOST_PLANS = 128;
    /// A plan keeps the tree of its text, which is a hundred times as large.
    private static final int LONGEST_TEXT = 2_000;

    private final Map<String, LocalQuery> plans = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LocalQuery> eldest) {
            return size() > MOST_PLANS;
        }
    };

    /// The statement's plan, made by `planner` if there is none. The text that is run, which has the values
    /// of parameters and the limit in it, decides.
    LocalQuery plan(CallersStatement statement, Supplier<LocalQuery> planner) {
        String sql = statement.toRun().sql();
        if (sql.length() > LONGEST_TEXT || TimeDependence.in(statement.select())) {
            return planner.get();
        }
        Optional<LocalQuery> known = find(sql);
        if (known.isPresent()) {
            return known.get();
        }
        LocalQuery plan = planner.get();
        keep(sql, plan);
        return plan;
    }

    private synchronized Optional<LocalQuery> find(String sql) {
        return Optional.ofNullable(plans.get(sql));
    }

    private synchronized void keep(String sql, LocalQuery plan) {
        plans.put(sql, plan);
    }
}
