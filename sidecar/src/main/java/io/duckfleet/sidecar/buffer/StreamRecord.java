package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A record on its way into the buffer: its JSON text, the table, the day that the request asked for, when
/// it came, the caller's key, if there is one, and how many bytes of UTF-8 the text has.
record StreamRecord(
        TableName table,
        Optional<LocalDate> day,
        Instant receivedAt,
        Optional<BatchKey> key,
        OwnFields ownFields,
        String text,
        long bytes) {}
