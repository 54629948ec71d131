/// What JSON records look like, and how a lake table grows to hold them. Takes records as bytes and a
/// table's columns, gives the changes that the table needs, or says which record doesn't fit and why; knows
/// neither HTTP nor the lake. The rules are those of `docs/sidecar.md`, "Types".
@NullMarked
package io.duckfleet.sidecar.schema;

import org.jspecify.annotations.NullMarked;
