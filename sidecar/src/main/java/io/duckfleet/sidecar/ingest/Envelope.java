package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.Records;
import java.time.LocalDate;
import java.util.Optional;

/// What the body of `POST /ingest` says: into which table, which partition if it names one, and the
/// records.
record Envelope(TableName table, Optional<LocalDate> day, Records.Scan scan) {}
