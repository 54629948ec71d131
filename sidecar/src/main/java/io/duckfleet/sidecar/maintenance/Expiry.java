package io.duckfleet.sidecar.maintenance;

import io.duckfleet.sidecar.lake.Lake;
import java.time.Instant;
import java.util.Optional;

/// Expires snapshots, and removes the files that were replaced.
final class Expiry {

    private static final int SLICE = 1_000;

    private final Lake lake;
    private final LakeCatalog catalog;
    private final MaintenanceSettings settings;

    Expiry(Lake lake, LakeCatalog catalog, MaintenanceSettings settings) {
        this.lake = lake;
        this.catalog = catalog;
        this.settings = settings;
    }

    /// Expires the oldest snapshots, some of them at once.
    MaintenanceOutcome expire() {
        Optional<Instant> before = catalog.expireBefore(
                settings.keepSnapshots(), settings.maxSnapshots(), settings.graceForReaders(), SLICE);
        if (before.isEmpty()) {
            return MaintenanceOutcome.NOTHING;
        }
        long expired = lake.withSession(session -> session.queryLong(
                "SELECT count(*) FROM ducklake_expire_snapshots('lake', older_than => CAST(? AS TIMESTAMPTZ))",
                before.get().toString()));
        return new MaintenanceOutcome(expired, expired < SLICE);
    }

    /// Removes the files that were replaced long enough ago for every reader to be done with them.
    MaintenanceOutcome cleanUp() {
        if (catalog.removable(settings.graceForReaders()) == 0) {
            return MaintenanceOutcome.NOTHING;
        }
        long removed = lake.withSession(session -> session.queryLong(
                "SELECT count(*) FROM ducklake_cleanup_old_files('lake', older_than => now() - to_seconds(CAST(? AS BIGINT)))",
                settings.graceForReaders().toSeconds()));
        return new MaintenanceOutcome(removed, true);
    }
}
