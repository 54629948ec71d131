package io.duckfleet.sidecar;

import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.lake.Reachability;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What happens around serving: housekeeping begins at the start; the stop waits for what was taken to be
/// committed.
@Singleton
final class Lifecycle {

    private final Committer committer;
    private final IngestBudget budget;
    private final Housekeeping housekeeping;
    private final SidecarConfig config;

    Lifecycle(
            Committer committer,
            IngestBudget budget,
            Reachability reachability,
            KeyLedger ledger,
            SidecarConfig config) {
        this.committer = committer;
        this.budget = budget;
        this.housekeeping = new Housekeeping(reachability, ledger);
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        housekeeping.start();
    }

    /// The server still answers meanwhile: those who come now are refused, those who wait get their answers.
    void refuse(@Observes ShutdownDelayInitiatedEvent event) {
        budget.close();
    }

    void stop(@Observes ShutdownEvent event) {
        budget.close();
        housekeeping.close();
        committer.close(config.stopDeadline());
    }
}
