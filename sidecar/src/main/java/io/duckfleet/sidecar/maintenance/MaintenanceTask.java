package io.duckfleet.sidecar.maintenance;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What can be done for a lake, in the order in which it is done.
public enum MaintenanceTask {
    /// Small files of a partition become one.
    MERGE,
    /// The Iceberg tables show what the lake is now.
    SYNC,
    /// Old snapshots go, and with them the right to travel there.
    EXPIRE,
    /// Files that merges and expired snapshots have left behind are removed.
    CLEANUP,
    /// Files that no snapshot has ever known (of commits that were cut short) are removed.
    ORPHANS;

    /// The task of that name in a path.
    ///
    /// @throws FleetException `not_found` if there is none
    static MaintenanceTask of(String name) {
        return Arrays.stream(values())
                .filter(task -> task.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new FleetException(
                        ErrorCode.NOT_FOUND,
                        "\"%s\" is no maintenance task; there are %s"
                                .formatted(
                                        name,
                                        Arrays.stream(values())
                                                .map(MaintenanceTask::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    /// The name in paths, metrics and answers.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
