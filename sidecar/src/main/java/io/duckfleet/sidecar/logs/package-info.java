/// How the log is written: as text for people, or as JSON for programs (`DUCKFLEET_LOG`). In comes the
/// setting, at the start; out goes every later line.
@NullMarked
package io.duckfleet.sidecar.logs;

import org.jspecify.annotations.NullMarked;
