/// Reads what a caller sends as SQL: takes off EXPLAIN and terminators, puts the parameters' values in,
/// recognises PIVOT without an IN list, and proves with DuckDB's parser that the text still says what the
/// caller wrote. Takes text and values, gives a [CallersStatement], or an error at a position of the caller's
/// own text.
@NullMarked
package io.duckfleet.coordinator.statement;

import org.jspecify.annotations.NullMarked;
