package io.duckfleet.sidecar.maintenance;

import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.StoredObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// Removes files that a commit has written and no snapshot knows, since the commit was cut short. Only what
/// DuckLake itself may have written is looked at: files with its names in tables' folders. (DuckLake's own
/// function would take everything else in the bucket for an orphan.)
final class Orphans {

    private static final Logger LOG = Logger.getLogger(Orphans.class);
    private static final Pattern OURS = Pattern.compile("ducklake-[0-9a-f-]{36}(-delete)?\\.parquet");

    private final Bucket bucket;
    private final LakeCatalog catalog;
    private final MaintenanceSettings settings;
    private final Clock clock;

    Orphans(Bucket bucket, LakeCatalog catalog, MaintenanceSettings settings, Clock clock) {
        this.bucket = bucket;
        this.catalog = catalog;
        this.settings = settings;
        this.clock = clock;
    }

    /// Looks at the files of all tables, page by page.
    MaintenanceOutcome remove() {
        Instant newest = clock.instant().minus(settings.orphanAge());
        long removed = 0;
        for (String folder : catalog.folders()) {
            for (List<StoredObject> page : bucket.pages(folder)) {
                removed += remove(page, newest);
            }
        }
        return new MaintenanceOutcome(removed, true);
    }

    private long remove(List<StoredObject> page, Instant newest) {
        List<StoredObject> old = page.stream()
                .filter(object -> object.modified().isBefore(newest))
                .filter(object -> OURS.matcher(object.baseName()).matches())
                .toList();
        if (old.isEmpty()) {
            return 0;
        }
        Set<String> known =
                catalog.known(old.stream().map(StoredObject::baseName).toList());
        List<String> orphans = old.stream()
                .filter(object -> !known.contains(object.baseName()))
                .map(StoredObject::key)
                .toList();
        orphans.forEach(key -> LOG.infof("removing %s, which no snapshot knows", key));
        bucket.delete(orphans);
        return orphans.size();
    }
}
