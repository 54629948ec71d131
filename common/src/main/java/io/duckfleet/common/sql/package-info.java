/// SQL as text and tree: names and their quoting, and what DuckDB's own parser says of a statement (is it
/// exactly one SELECT, which tables and functions does it name). Takes a caller's text, gives values that can
/// be trusted, or an error with a position.
@NullMarked
package io.duckfleet.common.sql;

import org.jspecify.annotations.NullMarked;
