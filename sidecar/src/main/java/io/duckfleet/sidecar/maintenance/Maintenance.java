package io.duckfleet.sidecar.maintenance;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Runs maintenance tasks, on a lake of its own (one thread, bounded memory), one sidecar at a time.
/// Between slices it lets waiting commits go first. Thread-safe; one task runs at a time.
public final class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final Lake lake;
    private final LakeCatalog catalog;
    private final MaintenanceSettings settings;
    private final Merge merge;
    private final Expiry expiry;
    private final Orphans orphans;
    private final Optional<LakeFollower> follower;
    private final BooleanSupplier commitsWait;
    private final MaintenanceMeters meters;
    private final Clock clock;
    private volatile Optional<MaintenanceBacklog> backlog = Optional.empty();

    /// `lake` is maintenance's own; `follower` shows the lake to others, if anything does; `commitsWait`
    /// tells whether batches wait to be committed.
    public Maintenance(
            Lake lake,
            Bucket bucket,
            LakeCatalog catalog,
            MaintenanceSettings settings,
            Optional<LakeFollower> follower,
            BooleanSupplier commitsWait,
            MaintenanceMeters meters,
            Clock clock) {
        this.lake = lake;
        this.catalog = catalog;
        this.settings = settings;
        this.merge = new Merge(lake, catalog, settings);
        this.expiry = new Expiry(lake, catalog, settings);
        this.orphans = new Orphans(bucket, catalog, settings, clock);
        this.follower = follower;
        this.commitsWait = commitsWait;
        this.meters = meters;
        this.clock = clock;
        meters.watch(this::backlog);
    }

    /// Runs `task` until there is nothing left to do, or it has run long enough.
    ///
    /// @throws FleetException `overloaded` if another sidecar, or another request, is at maintenance; what
    /// keeps the lake from being reached
    public synchronized MaintenanceOutcome run(MaintenanceTask task) {
        return catalog.alone(() -> meters.timed(task, () -> slices(task)))
                .orElseThrow(() -> new FleetException(
                        ErrorCode.OVERLOADED, "another sidecar is at maintenance of this lake; try again later"));
    }

    private MaintenanceOutcome slices(MaintenanceTask task) {
        Instant end = clock.instant().plus(settings.longestRun());
        MaintenanceOutcome outcome = new MaintenanceOutcome(0, false);
        try {
            while (!outcome.finished() && clock.instant().isBefore(end)) {
                letCommitsGoFirst();
                outcome = outcome.plus(slice(task));
            }
        } finally {
            lake.close();
        }
        if (task == MaintenanceTask.MERGE && outcome.done() > 0) {
            follower.ifPresent(LakeFollower::catchUp);
        }
        measure();
        if (outcome.done() > 0) {
            LOG.infof("maintenance: %s, %d done", task.wireName(), outcome.done());
        }
        return outcome;
    }

    private MaintenanceOutcome slice(MaintenanceTask task) {
        return switch (task) {
            case MERGE -> merge.slice();
            case EXPIRE -> expiry.expire();
            case SYNC -> sync();
            case CLEANUP -> cleanUp();
            case ORPHANS -> orphans.remove();
        };
    }

    private MaintenanceOutcome sync() {
        LakeFollower shown = follower.orElseThrow(() -> new FleetException(
                ErrorCode.NOT_FOUND,
                "no Iceberg tables are kept beside this lake; ICEBERG_ENABLED=true turns that on"));
        return new MaintenanceOutcome(shown.catchUp(), true);
    }

    /// Nothing that others are shown may go.
    private MaintenanceOutcome cleanUp() {
        follower.ifPresent(LakeFollower::catchUp);
        MaintenanceOutcome removed = expiry.cleanUp();
        long tidied = follower.map(LakeFollower::tidy).orElse(0L);
        LOG.debugf("%d files of the Iceberg tables removed", tidied);
        return removed;
    }

    /// But not for ever: under a load that never ends, files would only grow more.
    private void letCommitsGoFirst() {
        Instant end = clock.instant().plus(LONGEST_WAIT);
        while (commitsWait.getAsBoolean() && clock.instant().isBefore(end)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /// Looks what is left to do.
    void measure() {
        backlog = Optional.of(catalog.backlog(settings.smallFileBytes()));
    }

    /// What was left to do when that was last looked at; empty before.
    public Optional<MaintenanceBacklog> backlog() {
        return backlog;
    }
}
