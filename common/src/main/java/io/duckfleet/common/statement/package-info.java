/// What DuckDB's own parser says of a caller's statement: is it exactly one SELECT, which tables and
/// functions does it name, and may it. Takes a text, gives a statement that can be trusted, or an error with
/// a position.
@NullMarked
package io.duckfleet.common.statement;

import org.jspecify.annotations.NullMarked;
