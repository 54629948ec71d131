package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.CompletableFuture;

/// A batch that waits for its commit, for the `attempt`th time.
record Pending(Batch batch, int attempt, CompletableFuture<CommitOutcome> outcome) {

    static Pending of(Batch batch) {
        return new Pending(batch, 1, new CompletableFuture<>());
    }

    Pending again() {
        return new Pending(batch, attempt + 1, outcome);
    }

    void fail(FleetException error) {
        outcome.completeExceptionally(error);
    }
}
