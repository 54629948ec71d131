package io.duckfleet.sidecar;

import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.lake.Reachability;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What happens around serving: housekeeping begins at the start; the stop waits for what was taken to be
/// committed.
@Singleton
final class Lifecycle {

    private final Committer committer;
    private final Housekeeping housekeeping;
    private final SidecarConfig config;

    Lifecycle(Committer committer, Reachability reachability, KeyLedger ledger, SidecarConfig config) {
        this.committer = committer;
        this.housekeeping = new Housekeeping(reachability, ledger);
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        housekeeping.start();
    }

    void stop(@Observes ShutdownEvent event) {
        housekeeping.close();
        committer.close(config.stopDeadline());
    }
}
