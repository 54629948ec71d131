package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import org.jboss.logging.Logger;

/// Tells a caller why a batch could not be committed. What DuckDB says stays in the log: it may name hosts
/// and statements.
final class CommitFailures {

    private static final Logger LOG = Logger.getLogger(CommitFailures.class);

    private CommitFailures() {}

    static FleetException tell(FleetException error) {
        return switch (error.code()) {
            case INVALID_REQUEST, CATALOG_UNREACHABLE, STORAGE_UNREACHABLE, NOT_READY -> error;
            case MEMORY_LIMIT ->
                new FleetException(
                        ErrorCode.MEMORY_LIMIT,
                        "the batch needs more memory than the sidecar has; send fewer records at a time, or raise DUCKDB_MEMORY_LIMIT",
                        error);
            default -> {
                LOG.error("a batch could not be committed", error);
                yield new FleetException(
                        ErrorCode.INTERNAL, "the lake refused the batch; the service's log says why", error);
            }
        };
    }
}
