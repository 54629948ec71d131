package io.duckfleet.sidecar;

import io.duckfleet.sidecar.buffer.Buffer;
import io.duckfleet.sidecar.buffer.FlushSchedule;
import io.duckfleet.sidecar.buffer.Flusher;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.iceberg.MirrorSchedule;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.maintenance.MaintenanceSchedule;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What happens around serving: housekeeping and automatic flushes begin at the start; the stop waits for
/// what was taken to be committed, and flushes the buffer while its deadline lasts. What isn't flushed then
/// is the next start's.
@Singleton
final class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final Committer committer;
    private final IngestBudget budget;
    private final Buffer buffer;
    private final Flusher flusher;
    private final FlushSchedule flushSchedule;
    private final Housekeeping housekeeping;
    private final MaintenanceSchedule maintenance;
    private final Optional<MirrorSchedule> mirrorSchedule;
    private final SidecarConfig config;

    Lifecycle(
            Committer committer,
            IngestBudget budget,
            Buffer buffer,
            Flusher flusher,
            FlushSchedule flushSchedule,
            MaintenanceSchedule maintenance,
            Optional<MirrorSchedule> mirrorSchedule,
            Reachability reachability,
            KeyLedger ledger,
            SidecarConfig config) {
        this.committer = committer;
        this.budget = budget;
        this.buffer = buffer;
        this.flusher = flusher;
        this.flushSchedule = flushSchedule;
        this.maintenance = maintenance;
        this.mirrorSchedule = mirrorSchedule;
        this.housekeeping = new Housekeeping(reachability, ledger);
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        config.logFormat().apply();
        housekeeping.start();
        flushSchedule.start();
        mirrorSchedule.ifPresent(MirrorSchedule::start);
        if (config.maintenance().enabled()) {
            maintenance.start();
        }
    }

    /// The server still answers meanwhile: those who come now are refused, those who wait get their answers.
    void refuse(@Observes ShutdownDelayInitiatedEvent event) {
        budget.close();
        buffer.refuseMore();
    }

    void stop(@Observes ShutdownEvent event) {
        budget.close();
        buffer.refuseMore();
        housekeeping.close();
        maintenance.close();
        mirrorSchedule.ifPresent(MirrorSchedule::close);
        flushSchedule.close();
        Instant end = Instant.now().plus(config.stopDeadline());
        flushUntil(end);
        Duration left = Duration.between(Instant.now(), end);
        committer.close(left.isPositive() ? left : Duration.ofMillis(1));
        buffer.close();
    }

    private void flushUntil(Instant end) {
        if (buffer.backlog().rows() == 0) {
            return;
        }
        Thread flush = Thread.ofPlatform().name("last-flush").daemon().start(this::flush);
        try {
            flush.join(Duration.between(Instant.now(), end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (buffer.backlog().rows() > 0) {
            LOG.warnf(
                    "%d records stay in the buffer until the next start",
                    buffer.backlog().rows());
        }
    }

    private void flush() {
        try {
            flusher.flush(Optional.empty(), Optional.empty());
        } catch (RuntimeException e) {
            LOG.warnf("the last flush failed: %s", e.getMessage());
        }
    }
}
