package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.FleetConfig;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanPrinter;
import io.duckfleet.coordinator.run.Explanation.ExplainedFragment;
import java.util.List;
import java.util.Optional;

/// Tells a plan, and what came of it.
final class Explainer {

    private static final double NANOS_PER_MS = 1e6;

    private final FleetConfig config;

    Explainer(FleetConfig config) {
        this.config = config;
    }

    /// The plan before anything was fetched.
    Explanation explain(LocalQuery plan) {
        return told(plan, plan.fragments().stream().map(this::planned).toList(), Optional.empty());
    }

    /// The plan with what each fragment gave, and how DuckDB ran the local query.
    Explanation explain(LocalQuery plan, List<FetchedFragment> fetched, String localPlan) {
        return told(plan, fetched.stream().map(this::fetched).toList(), Optional.of(localPlan));
    }

    private static Explanation told(LocalQuery plan, List<ExplainedFragment> fragments, Optional<String> localPlan) {
        List<String> lakeTables = plan.inputs().stream()
                .filter(LakeScan.class::isInstance)
                .map(scan -> ((LakeScan) scan).table().name())
                .toList();
        return new Explanation(
                plan.statement().sql(), plan.sourceTables(), fragments, lakeTables, PlanPrinter.print(plan), localPlan);
    }

    private ExplainedFragment planned(Fragment fragment) {
        FleetTable table = config.require(fragment.table().name());
        return new ExplainedFragment(
                fragment.table().name(),
                table.node().toString(),
                new FragmentSql(fragment).forNode(table.nameOnNode().text()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private ExplainedFragment fetched(FetchedFragment fetched) {
        ExplainedFragment planned = planned(fetched.fragment());
        return new ExplainedFragment(
                planned.table(),
                planned.url(),
                planned.sql(),
                Optional.of(fetched.rows()),
                Optional.of(fetched.bytes()),
                Optional.of(fetched.duration().toNanos() / NANOS_PER_MS));
    }
}
