/// Which files of the lake can't hold a value, learnt from the files themselves.
@NullMarked
package io.duckfleet.coordinator.filefilter;

import org.jspecify.annotations.NullMarked;
