/// Those who ask the same at the same time share one run.
@NullMarked
package io.duckfleet.coordinator.coalesce;

import org.jspecify.annotations.NullMarked;
