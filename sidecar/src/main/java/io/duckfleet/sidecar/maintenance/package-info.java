/// Keeps the lake small and fast: merges small files, expires snapshots, removes files that nobody needs.
/// It works in slices, one sidecar at a time, beside commits and after them. Takes the lake and its
/// catalog; tells what was done and what is left to do.
@NullMarked
package io.duckfleet.sidecar.maintenance;

import org.jspecify.annotations.NullMarked;
