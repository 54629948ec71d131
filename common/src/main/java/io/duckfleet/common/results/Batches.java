package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Cursor;
import java.util.Optional;

/// A result in parts of bounded size, in order; the caller closes each before the next.
@FunctionalInterface
interface Batches {

    /// The next part, empty after the last one.
    Optional<Cursor> next();
}
