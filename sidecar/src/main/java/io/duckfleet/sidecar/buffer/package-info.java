/// The durable local buffer of single records: each is appended to a DuckDB file with whatever else waits at
/// that moment, and acknowledged when it would survive a crash. Flushes take the buffered records, table by
/// table, and give them to the committer under keys that make each range count once. Takes `POST
/// /ingest/stream` and `POST /flush`, gives acks and receipts.
@NullMarked
package io.duckfleet.sidecar.buffer;

import org.jspecify.annotations.NullMarked;
