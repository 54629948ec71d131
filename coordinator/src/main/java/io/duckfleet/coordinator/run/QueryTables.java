package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.coordinator.plan.PlanNode;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import java.util.List;

/// Makes the tables of one query in its session: temp tables of the fragments, and above them views under the
/// tables' own names. They belong to the session and go with it.
final class QueryTables {

    private QueryTables() {}

    /// Loads the fetched fragments, and lets bare names find the lake's tables after those. A space in the
    /// temp tables' names keeps them apart from any table of the fleet.
    static void create(Session session, LocalQuery query, List<FetchedFragment> fetched) {
        for (int i = 0; i < fetched.size(); i++) {
            createFragment(session, fetched.get(i), "fragment " + i);
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

    private static void createFragment(Session session, FetchedFragment fetched, String table) {
        Fragment fragment = fetched.fragment();
        FragmentSql sql = new FragmentSql(fragment);
        session.execute(sql.createTable(table, fetched.file().toString()));
        session.execute(sql.createView(table));
    }
}
