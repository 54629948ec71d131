package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.sidecar.commit.BatchKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The records of a flush: their numbers in order, the JSON array that the committer gets, and the callers'
/// keys by place in that array.
final class BufferedRows {

    private final List<Long> sequences;
    private final byte[] array;
    private final Map<Integer, BatchKey> keys;
    private final long bytes;

    private BufferedRows(List<Long> sequences, byte[] array, Map<Integer, BatchKey> keys, long bytes) {
        this.sequences = List.copyOf(sequences);
        this.array = array;
        this.keys = Map.copyOf(keys);
        this.bytes = bytes;
    }

    List<Long> sequences() {
        return sequences;
    }

    /// The records as JSON, which nobody may change.
    byte[] array() {
        return array;
    }

    Map<Integer, BatchKey> keys() {
        return keys;
    }

    /// How many bytes the records had as they came.
    long bytes() {
        return bytes;
    }

    int count() {
        return sequences.size();
    }

    /// Reads the records of `plan`.
    static BufferedRows read(Session session, FlushPlan plan) {
        return session.query(
                """
                SELECT seq, day, received_at, key, content, own_fields, record, strlen(record) FROM entry
                WHERE lower(table_name) = ? AND seq BETWEEN ? AND ? ORDER BY seq
                """,
                rows -> {
                    StampedArray array = new StampedArray();
                    List<Long> sequences = new ArrayList<>();
                    Map<Integer, BatchKey> keys = new HashMap<>();
                    long bytes = 0;
                    while (rows.next()) {
                        Optional<LocalDate> day = Optional.ofNullable(rows.getString(2))
                                .map(LocalDate::parse)
                                .or(plan::day);
                        String key = rows.getString(4);
                        if (key != null) {
                            keys.put(sequences.size(), new BatchKey(key, rows.getString(5), Duration.ZERO));
                        }
                        sequences.add(rows.getLong(1));
                        OwnFields own = rows.getBoolean(6) ? OwnFields.SOME : OwnFields.NONE;
                        array.add(rows.getString(7), own, day, BufferQueries.instant(rows.getLong(3)));
                        bytes += rows.getLong(8);
                    }
                    return new BufferedRows(sequences, array.bytes(), keys, bytes);
                },
                BufferTables.fold(plan.table()),
                plan.from(),
                plan.to());
    }
}
