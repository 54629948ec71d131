/// The commands that run a fleet on this machine: `demo`, `start`, `stop`, `status`, and one service in the
/// foreground. They read options and tell what happens; what they do stands in `io.duckfleet.cli.local`.
@NullMarked
package io.duckfleet.cli.fleet;

import org.jspecify.annotations.NullMarked;
