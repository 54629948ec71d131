/// The queries that ran lately and those that run now: what they were, how they ended, and how to stop one.
/// Takes what `run` tells of each query, gives listings; the oldest are forgotten first.
@NullMarked
package io.duckfleet.coordinator.history;

import org.jspecify.annotations.NullMarked;
