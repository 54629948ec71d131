package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import java.util.List;
import java.util.OptionalLong;

/// Tells how many rows an answer has that a node gave whole, so that the local query only hands it on.
final class AnsweredRows {

    /// However well they are compressed, so few rows of so few bytes are some megabytes at most.
    private static final long FEW_ROWS = 1_000;

    private static final long FEW_BYTES = 16 << 10;

    private AnsweredRows() {}

    /// The number of rows of the plan's answer, if it is known and they are few and short.
    static OptionalLong fewOf(LocalQuery plan, List<FetchedFragment> fetched) {
        boolean isHandedOn = plan.inputs().size() == 1
                && plan.inputs().getFirst() instanceof QueryFragment query
                && !query.isOfShards()
                && fetched.size() == 1;
        if (!isHandedOn) {
            return OptionalLong.empty();
        }
        FetchedFragment answer = fetched.getFirst();
        boolean isShort = answer.rows() >= 0 && answer.rows() <= FEW_ROWS && answer.bytes() <= FEW_BYTES;
        return isShort ? OptionalLong.of(answer.rows()) : OptionalLong.empty();
    }
}
