package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.statement.Explaining;

/// What is done with a statement: it is run, or its plan is told, without or with running it.
enum QueryMode {
    RUN,
    EXPLAIN,
    EXPLAIN_ANALYZE;

    /// What `EXPLAIN` before the statement makes of it.
    QueryMode with(Explaining explaining) {
        return explaining.analyze() ? EXPLAIN_ANALYZE : this == RUN ? EXPLAIN : this;
    }
}
