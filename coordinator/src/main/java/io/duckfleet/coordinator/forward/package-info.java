/// One base URL for everything: requests that are the sidecar's are handed on to it and its answers handed
/// back, byte for byte and no faster than the slower side takes them. Nothing of a body is kept.
@NullMarked
package io.duckfleet.coordinator.forward;

import org.jspecify.annotations.NullMarked;
