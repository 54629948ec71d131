package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.schema.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Records that a request brought, scanned and ready to be committed: those that can be taken, and those that
/// can't, whatever the table is. `content` is the hash that tells a repeat under the same key from another
/// request.
record Submission(
        TableName table,
        Optional<LocalDate> day,
        Records records,
        List<KeptRecord> rejected,
        Supplier<String> content,
        Instant receivedAt) {

    Submission {
        rejected = List.copyOf(rejected);
    }
}
