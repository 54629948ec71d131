/// Runs a plan: fetches its fragments in parallel, makes them tables of a session's own under the tables' own
/// names, runs the user's SQL over them, and gives the answer, ready to be written. Everything that a query
/// made goes with it.
@NullMarked
package io.duckfleet.coordinator.run;

import org.jspecify.annotations.NullMarked;
