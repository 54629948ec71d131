package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The tables of the buffer's file: `identity` (who this buffer is, and up to which number its records are
/// in the lake), `entry` (the records) and `plan` (flushes that have begun).
final class BufferTables {

    private BufferTables() {}

    /// Makes what is missing. Checkpoints are left to us from here on.
    static void create(Session session) {
        session.execute("SET GLOBAL checkpoint_threshold = '1TB'");
        session.execute("CREATE TABLE IF NOT EXISTS identity (id UUID NOT NULL, flushed_to BIGINT NOT NULL)");
        session.execute("INSERT INTO identity SELECT uuid(), 0 WHERE NOT EXISTS (FROM identity)");
        session.execute("""
                CREATE TABLE IF NOT EXISTS entry (
                    seq BIGINT NOT NULL, table_name VARCHAR NOT NULL, day VARCHAR, received_at BIGINT NOT NULL, key VARCHAR, content VARCHAR,
                    own_fields BOOLEAN NOT NULL, record VARCHAR NOT NULL)
                """);
        session.execute("""
                CREATE TABLE IF NOT EXISTS plan (
                    id UUID NOT NULL, table_name VARCHAR NOT NULL, seq_from BIGINT NOT NULL, seq_to BIGINT NOT NULL, day VARCHAR)
                """);
    }

    static long lastSequence(Session session) {
        return session.queryLong(
                "SELECT greatest((SELECT max(flushed_to) FROM identity), (SELECT coalesce(max(seq), 0) FROM entry))");
    }

    static void addPlan(Session session, FlushPlan plan) {
        session.execute(
                "INSERT INTO plan VALUES (?::UUID, ?, ?, ?, nullif(?, ''))",
                plan.id().toString(),
                plan.table().text(),
                plan.from(),
                plan.to(),
                plan.day().map(LocalDate::toString).orElse(""));
    }

    static void removePlan(Session session, FlushPlan plan) {
        session.execute("DELETE FROM plan WHERE id = ?::UUID", plan.id().toString());
    }

    static void removeRecords(Session session, FlushPlan plan) {
        session.execute(
                "DELETE FROM entry WHERE lower(table_name) = ? AND seq BETWEEN ? AND ?",
                fold(plan.table()),
                plan.from(),
                plan.to());
        session.execute("UPDATE identity SET flushed_to = greatest(flushed_to, ?)", plan.to());
    }

    /// The flushes that have begun, of all tables or of one.
    static List<FlushPlan> plans(Session session) {
        return session.query("SELECT id, table_name, seq_from, seq_to, day FROM plan ORDER BY seq_from", rows -> {
            List<FlushPlan> plans = new ArrayList<>();
            while (rows.next()) {
                plans.add(new FlushPlan(
                        UUID.fromString(rows.getString(1)),
                        new TableName(rows.getString(2)),
                        rows.getLong(3),
                        rows.getLong(4),
                        Optional.ofNullable(rows.getString(5)).map(LocalDate::parse)));
            }
            return plans;
        });
    }

    static String fold(TableName table) {
        return table.text().toLowerCase(Locale.ROOT);
    }
}
