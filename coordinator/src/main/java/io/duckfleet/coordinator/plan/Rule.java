package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;

/// One step of planning, which makes less to fetch of the same answer. Each rule says in a comment why that
/// is so.
interface Rule {

    /// What the query becomes.
    LocalQuery rewrite(LocalQuery query);
}
