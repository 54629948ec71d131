package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Tells of each fragment by the keys of which others it may be reduced: a large one by its node, before that
/// answers; the others here, before their own keys reduce a large one. Whether that is done is decided when it
/// is known what the others are.
///
/// Sound because a key is given only with a proof ([SemiJoinProofs]): rows without such a key are filtered
/// away by the optimizer's own plan, whatever the tables hold. The keys are those of what is fetched of the
/// other table, which is all of it that the local query sees. Reductions go one after another, each by what
/// has come already, so one may reduce by another's result.
final class ReduceBySemiJoin implements Rule {

    /// Each proof takes two EXPLAINs of about a millisecond.
    private static final int MOST_PROOFS = 24;

    private final Supplier<SemiJoinProofs> proofs;
    private final Predicate<TableShape> isLarge;

    /// Statements without a table that `isLarge` are left alone.
    ReduceBySemiJoin(Supplier<SemiJoinProofs> proofs, Predicate<TableShape> isLarge) {
        this.proofs = proofs;
        this.isLarge = isLarge;
    }

    @Override
    public LocalQuery rewrite(LocalQuery query) {
        List<TableFragment> fragments = query.inputs().stream()
                .filter(TableFragment.class::isInstance)
                .map(TableFragment.class::cast)
                .toList();
        List<TableShape> tables = fragments.stream().map(TableFragment::table).toList();
        if (query.otherwise().isPresent()
                || fragments.size() < 2
                || tables.stream().noneMatch(isLarge)
                || choosesRows(query)) {
            return query;
        }
        Map<TableShape, List<SemiJoin>> proved = prove(fragments, tables);
        List<PlanNode> inputs = query.inputs().stream()
                .map(input -> input instanceof TableFragment fragment
                        ? fragment.withSemiJoins(proved.getOrDefault(fragment.table(), List.of()))
                        : input)
                .toList();
        return new LocalQuery(query.statement(), inputs);
    }

    /// `DISTINCT ON` keeps any row, and DuckDB filters before it chooses one. That is right of any row, but
    /// not of the first, which it keeps otherwise.
    private static boolean choosesRows(LocalQuery query) {
        return query.statement().tree().findValues("distinct_on_targets").stream()
                .anyMatch(targets -> !targets.isEmpty());
    }

    private Map<TableShape, List<SemiJoin>> prove(List<TableFragment> fragments, List<TableShape> tables) {
        SemiJoinProofs of = proofs.get();
        Map<TableShape, List<SemiJoin>> proved = proveJoins(of, fragments, tables);
        of.memberships(tables).stream()
                .filter(membership -> isFetched(membership, fragments))
                .limit(MOST_PROOFS)
                .forEach(membership -> of.reachedBy(membership, tables)
                        .forEach(reached -> add(
                                proved,
                                reached.table(),
                                new SemiJoin(membership.by(), membership.byKey(), reached.column()))));
        return proved;
    }

    private static boolean isFetched(Membership membership, List<TableFragment> fragments) {
        return fragments.stream()
                .anyMatch(fragment -> fragment.table().equals(membership.by())
                        && fragment.columns().contains(membership.byKey()));
    }

    private static void add(Map<TableShape, List<SemiJoin>> proved, TableShape table, SemiJoin semiJoin) {
        List<SemiJoin> all = proved.computeIfAbsent(table, _ -> new ArrayList<>());
        if (!all.contains(semiJoin)) {
            all.add(semiJoin);
        }
    }

    private static Map<TableShape, List<SemiJoin>> proveJoins(
            SemiJoinProofs of, List<TableFragment> fragments, List<TableShape> tables) {
        Map<TableShape, List<SemiJoin>> proved = new HashMap<>();
        int tried = 0;
        for (TableFragment small : fragments) {
            List<TableShape> others = tables.stream()
                    .filter(table -> !table.equals(small.table()))
                    .toList();
            for (Column key : of.keysOf(small.table(), small.columns())) {
                if (tried++ < MOST_PROOFS) {
                    of.reachedBy(small.table(), key, others)
                            .forEach(reached ->
                                    add(proved, reached.table(), new SemiJoin(small.table(), key, reached.column())));
                }
            }
        }
        return proved;
    }
}
