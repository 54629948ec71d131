package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Questions to the buffer's file.
final class BufferQueries {

    private BufferQueries() {}

    /// What each table has.
    static Map<TableName, TableBacklog> tables(Session session) {
        return session.query(
                "SELECT any_value(table_name), count(*), sum(strlen(record)), min(received_at) FROM entry GROUP BY lower(table_name)",
                rows -> {
                    Map<TableName, TableBacklog> tables = new HashMap<>();
                    while (rows.next()) {
                        tables.put(
                                new TableName(rows.getString(1)),
                                new TableBacklog(rows.getLong(2), rows.getLong(3), instant(rows.getLong(4))));
                    }
                    return tables;
                });
    }

    /// Tells the callers' keys of all records.
    static void forEachKey(Session session, BiConsumer<TableName, BatchKey> keys) {
        session.query("SELECT table_name, key, content FROM entry WHERE key IS NOT NULL", rows -> {
            while (rows.next()) {
                keys.accept(
                        new TableName(rows.getString(1)),
                        new BatchKey(rows.getString(2), rows.getString(3), Duration.ZERO));
            }
            return true;
        });
    }

    /// A part of a table's records: those from `from` to `to`.
    record Slice(long from, long to, long rows, long bytes) {}

    /// The first records of `table` up to number `upTo`, as far as `limits` allow, at least one; empty when
    /// there are none.
    static Optional<Slice> slice(Session session, TableName table, long upTo, SliceLimits limits) {
        return session.query(
                """
                SELECT min(seq), max(seq), count(*), sum(bytes) FROM (
                    SELECT seq, strlen(record) AS bytes, row_number() OVER (ORDER BY seq) AS n, sum(strlen(record)) OVER (ORDER BY seq) AS b,
                        count(key) OVER (ORDER BY seq) AS k
                    FROM entry WHERE lower(table_name) = ? AND seq <= ?)
                WHERE n = 1 OR (n <= ? AND b <= ? AND k <= ?)
                """,
                rows -> {
                    rows.next();
                    return rows.getLong(3) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    new Slice(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                },
                BufferTables.fold(table),
                upTo,
                limits.rows(),
                limits.bytes(),
                limits.keys());
    }

    /// The texts of the records with these numbers, as they came.
    static Map<Long, String> texts(Session session, List<Long> sequences) {
        String list = sequences.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return session.query(
                "SELECT seq, record FROM entry WHERE seq IN (SELECT unnest(CAST(? AS BIGINT[])))",
                rows -> {
                    Map<Long, String> texts = new HashMap<>();
                    while (rows.next()) {
                        texts.put(rows.getLong(1), rows.getString(2));
                    }
                    return texts;
                },
                list);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
