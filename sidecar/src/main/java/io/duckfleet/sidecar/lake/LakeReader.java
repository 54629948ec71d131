package io.duckfleet.sidecar.lake;

import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;

/// Reads the lake for requests, and tells what goes wrong in words of our own: DuckDB's may name hosts and
/// statements.
public final class LakeReader {

    private final Lake lake;
    private final Reachability reachability;

    public LakeReader(Lake lake, Reachability reachability) {
        this.lake = lake;
        this.reachability = reachability;
    }

    /// Lends a session for the time of `work`.
    ///
    /// @throws FleetException that of `work` when it is about the request; else what is wrong with catalog
    /// or S3
    public <T> T read(SessionWork<T> work) {
        try {
            return lake.withSession(work);
        } catch (FleetException e) {
            if (e.extensions().get("duckdb_type") == null) {
                throw e;
            }
            throw reachability
                    .problemNow()
                    .orElseGet(() -> new FleetException(
                            ErrorCode.INTERNAL, "the lake can't be read; the service's log says why", e));
        }
    }

    /// Opens the lake if it isn't open.
    ///
    /// @throws FleetException as [Lake#session()]
    public void open() {
        if (!lake.isOpen()) {
            lake.session().close();
        }
    }

    public LakeSettings settings() {
        return lake.settings();
    }
}
