/// The coordinator: takes SQL over HTTP, plans it (`plan`), fetches fragments from the nodes of the fleet
/// (`fleet`), joins them in its own DuckDB and answers (`run`), and reads the lake as well (`lake`).
@NullMarked
package io.duckfleet.coordinator;

import org.jspecify.annotations.NullMarked;
