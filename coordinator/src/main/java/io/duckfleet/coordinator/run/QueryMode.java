package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.statement.Explaining;

/// What is done with a statement: it is run, or its plan is told, without or with running it.
enum QueryMode {
    RUN,
    /// Run, and told in the shape of the lake's routes.
    RECORDS,
    EXPLAIN,
    EXPLAIN_ANALYZE;

    /// Whether rows are wanted, not a plan.
    boolean givesRows() {
        return this == RUN || this == RECORDS;
    }

    /// What `EXPLAIN` before the statement makes of it.
    QueryMode with(Explaining explaining) {
        return explaining.analyze() ? EXPLAIN_ANALYZE : givesRows() ? EXPLAIN : this;
    }
}
