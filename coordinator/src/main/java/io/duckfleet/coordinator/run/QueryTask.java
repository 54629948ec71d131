package io.duckfleet.coordinator.run;

import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.coordinator.history.QueryEntry;
import io.duckfleet.coordinator.lake.LakeSchema;
import java.util.Optional;

/// One query to be answered: what was asked, what is done with it, in which form the answer goes out, by
/// when, and what stops it. `lake` has the lake's schema where that has been read already.
record QueryTask(
        QueryMode mode,
        QueryRequest request,
        ResultFormat format,
        JsonNumbers numbers,
        Caching caching,
        Deadline deadline,
        StopSignal signal,
        QueryEntry entry,
        Optional<LakeQuery> lake) {

    /// The statement that is run for it.
    String sql() {
        return lake.map(LakeQuery::toRun).orElseGet(request::sql);
    }

    Optional<LakeSchema> lakeSchema() {
        return lake.map(LakeQuery::schema);
    }
}
