package io.duckfleet.coordinator.plan;

import java.util.List;

/// What the optimizer says of one scan of a stub: the stub table, its projections, and the predicates at the
/// scan and right above it, all in the stub's own names.
record ScanAdvice(String stubTable, List<String> projections, List<String> predicates) {

    ScanAdvice {
        projections = List.copyOf(projections);
        predicates = List.copyOf(predicates);
    }
}
