/// From batches to the lake: one thread takes all that waits, for all tables, and commits it as one lake
/// transaction together with the keys that make each batch count once. Takes batches whose records were
/// scanned, gives receipts with the snapshot that has them.
@NullMarked
package io.duckfleet.sidecar.commit;

import org.jspecify.annotations.NullMarked;
