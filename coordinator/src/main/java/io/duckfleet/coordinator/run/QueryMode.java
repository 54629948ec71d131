package io.duckfleet.coordinator.run;

/// What is done with a statement: it is run, or its plan is told, without or with running it.
enum QueryMode {
    RUN,
    EXPLAIN,
    EXPLAIN_ANALYZE
}
