package io.duckfleet.sidecar.maintenance;

import java.time.Duration;

/// When and how much is maintained. A file below `smallFileBytes` is small; an open partition is merged
/// when it has `mergeFiles` of them, a closed one when it has two. Snapshots are kept for `keepSnapshots`
/// and at most `maxSnapshots` of them, but each for `graceForReaders`, which is also how long files that
/// were replaced stay; orphans are removed when they are `orphanAge` old. One run of a task takes
/// `longestRun` at most, as far as that can be told beforehand.
public record MaintenanceSettings(
        long smallFileBytes,
        int mergeFiles,
        Duration keepSnapshots,
        int maxSnapshots,
        Duration graceForReaders,
        Duration orphanAge,
        Duration longestRun) {

    public MaintenanceSettings {
        if (smallFileBytes <= 0 || mergeFiles < 2 || maxSnapshots < 1) {
            throw new IllegalArgumentException("a merge needs at least two files, and the lake one snapshot");
        }
        if (orphanAge.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "orphans must be at least an hour old: a file of a commit that is under way looks like one");
        }
    }
}
