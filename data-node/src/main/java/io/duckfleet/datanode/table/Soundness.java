package io.duckfleet.datanode.table;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Whether the node's DuckDB is sound. After an internal or fatal error an instance answers nothing more, or
/// not rightly: from the first one on the node isn't, and wants to be started anew. Thread-safe.
public final class Soundness {

    private static final Logger LOG = Logger.getLogger(Soundness.class);
    private static final Set<String> UNSOUND = Set.of("internal", "fatal");

    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

    /// Takes notice of a failure; most say nothing about the engine.
    public void consider(FleetException failure) {
        if (isOfTheEngine(failure) && fault.compareAndSet(null, failure.detail())) {
            LOG.errorf(
                    failure,
                    "DuckDB has met an internal error, and this node has to be started anew: %s",
                    failure.detail());
        }
    }

    /// What happened, if something did.
    public Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }

    private static boolean isOfTheEngine(FleetException failure) {
        return failure.code() == ErrorCode.INTERNAL
                && failure.extensions().get("duckdb_type") instanceof String type
                && UNSOUND.contains(type.toLowerCase(Locale.ROOT));
    }
}
