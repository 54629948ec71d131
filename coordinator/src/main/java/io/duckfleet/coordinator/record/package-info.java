/// Finding records in the lake: by id, by date, the newest, by text, or by SQL. Takes the caller's words,
/// makes one SELECT with bound parameters of them, and has `run` answer it; gives `{"status", "data", ..}`.
@NullMarked
package io.duckfleet.coordinator.record;

import org.jspecify.annotations.NullMarked;
