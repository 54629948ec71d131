package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.coordinator.plan.PlanNode;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import java.util.List;

/// Makes the tables of one query in its session: temp views under the tables' own names over the files of the
/// fragments. They belong to the session and go with it; the files have to stay until the result is computed.
final class QueryTables {

    private QueryTables() {}

    /// Makes the fetched fragments tables, and lets bare names find the lake's tables after those.
    static void create(Session session, LocalQuery query, List<FetchedFragment> fetched) {
        for (FetchedFragment fragment : fetched) {
            session.execute(new FragmentSql(fragment.fragment())
                    .createView(fragment.file().toString()));
        }
        for (PlanNode input : query.inputs()) {
            if (input instanceof ShapeOnly shape) {
                session.execute(FragmentSql.createEmptyView(
                        shape.table().name(), shape.table().columns()));
            }
        }
        if (readsLake(query)) {
            session.execute("SET search_path = 'memory.main,lake.data'");
        }
    }

    private static boolean readsLake(LocalQuery query) {
        return query.inputs().stream().anyMatch(LakeScan.class::isInstance);
    }
}
