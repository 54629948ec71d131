package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.table.LoadedTables;

/// Decides whether new tables may be built beside those that are served.
final class ReloadMemory {

    /// What a load takes beside its table, as a share of it.
    private static final double MARGIN = 1.3;

    private static final double BYTES_PER_MB = 1e6;

    private ReloadMemory() {}

    /// The new tables are expected to grow as their objects have.
    ///
    /// @param objectBytes the bytes of the objects now
    /// @param limit what DuckDB may take, in bytes
    /// @param free what the machine or container has left, in bytes
    /// @throws FleetException `not_enough_memory` when both don't fit
    static void require(LoadedTables served, long objectBytes, long limit, long free) {
        double growth = (double) objectBytes / Math.max(1, served.objectBytes());
        long expected = Math.round(served.sizeBytes() * growth * MARGIN);
        long room = Math.min(limit - served.sizeBytes(), free);
        if (expected > room) {
            throw new FleetException(
                    ErrorCode.NOT_ENOUGH_MEMORY,
                    "a reload needs some %.1f MB beside the table that is served (%.1f MB), but only %.1f MB are left; "
                                    .formatted(mb(expected), mb(served.sizeBytes()), mb(room))
                            + "give the node more memory, or start it anew");
        }
    }

    private static double mb(long bytes) {
        return Math.max(0, bytes) / BYTES_PER_MB;
    }
}
