/// The lake as the coordinator reads it: its tables and their columns, fresh at each look.
@NullMarked
package io.duckfleet.coordinator.lake;

import org.jspecify.annotations.NullMarked;
