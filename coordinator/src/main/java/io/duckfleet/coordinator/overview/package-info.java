/// What the coordinator tells of itself and of the fleet: its root page, its tables, its health.
@NullMarked
package io.duckfleet.coordinator.overview;

import org.jspecify.annotations.NullMarked;
