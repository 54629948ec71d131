/// What tables there are in the lake, their columns and sizes.
@NullMarked
package io.duckfleet.sidecar.table;

import org.jspecify.annotations.NullMarked;
