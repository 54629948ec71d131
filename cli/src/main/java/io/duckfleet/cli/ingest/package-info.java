/// The commands that move records into the lake and out of it: `ingest` and `archive`. They take files, or
/// the standard input, send them to a sidecar, and tell what became
/// of each record.
@NullMarked
package io.duckfleet.cli.ingest;

import org.jspecify.annotations.NullMarked;
