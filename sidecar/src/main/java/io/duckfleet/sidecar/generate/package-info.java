/// Sample records on request, for people who want to see a lake with something in it: takes a kind and a
/// count, and ingests as if they had been posted. Off unless it is enabled.
@NullMarked
package io.duckfleet.sidecar.generate;

import org.jspecify.annotations.NullMarked;
