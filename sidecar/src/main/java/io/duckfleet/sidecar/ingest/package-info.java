/// `POST /ingest`: reads an envelope of records, has them committed, and answers with what is in the lake.
/// Takes bodies within a budget of memory, gives answers and problem documents as in `docs/sidecar.md`.
@NullMarked
package io.duckfleet.sidecar.ingest;

import org.jspecify.annotations.NullMarked;
