package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.PlanPrinter;
import io.duckfleet.coordinator.run.Explanation.ExplainedFragment;
import io.duckfleet.coordinator.run.Explanation.ExplainedSemiJoin;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells a plan, and what came of it.
final class Explainer {

    private static final double NANOS_PER_MS = 1e6;

    private final Fleet fleet;
    private final FetchSizes sizes;

    Explainer(Fleet fleet, FetchSizes sizes) {
        this.fleet = fleet;
        this.sizes = sizes;
    }

    /// The plan before anything was fetched.
    Explanation explain(LocalQuery plan) {
        return told(plan, plan.fragments().stream().flatMap(this::planned).toList(), Optional.empty());
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
                plan.otherwise().orElse(plan).statement().sql(),
                plan.sourceTables(),
                fragments,
                lakeTables,
                PlanPrinter.print(plan),
                localPlan);
    }

    /// One for each shard; replicas stand side by side.
    private Stream<ExplainedFragment> planned(Fragment fragment) {
        FleetTable table = fleet.config().require(fragment.table().name());
        Stream<String> places = table.isSharded()
                ? table.nodes().stream().map(URI::toString)
                : Stream.of(table.nodes().stream().map(URI::toString).collect(Collectors.joining(" or ")));
        return places.map(place -> new ExplainedFragment(
                fragment.names(),
                place,
                sql(new FragmentPart(fragment, List.of()), table),
                reducible(fragment),
                estimatedRows(fragment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private ExplainedFragment fetched(FetchedFragment fetched) {
        Fragment fragment = fetched.fragment();
        return new ExplainedFragment(
                fragment.names(),
                fetched.node().toString(),
                sql(fetched.part(), fleet.config().require(fragment.table().name())),
                fetched.part().filters().stream()
                        .map(filter -> new ExplainedSemiJoin(filter.semiJoin(), Optional.of(filter.told())))
                        .toList(),
                estimatedRows(fragment),
                Optional.of(fetched.rows()),
                Optional.of(fetched.bytes()),
                Optional.of(fetched.duration().toNanos() / NANOS_PER_MS),
                Optional.of(fetched.isCached()));
    }

    /// What its node may reduce.
    private List<ExplainedSemiJoin> reducible(Fragment fragment) {
        return switch (fragment) {
            case TableFragment table
            when sizes.isLarge(table.table()) ->
                table.semiJoins().stream()
                        .map(semiJoin -> new ExplainedSemiJoin(semiJoin, Optional.empty()))
                        .toList();
            case TableFragment _, QueryFragment _ -> List.of();
        };
    }

    private long estimatedRows(Fragment fragment) {
        return Math.round(sizes.rows(fragment));
    }

    private static String sql(FragmentPart part, FleetTable table) {
        return new FragmentSql(part).forNode(table.nameOnNode().text());
    }
}
