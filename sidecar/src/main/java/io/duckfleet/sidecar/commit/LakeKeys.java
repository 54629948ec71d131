package io.duckfleet.sidecar.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.Lake;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The keys in a table of the lake, where the catalog allows no trigger. A transaction looks for its keys,
/// writes rows and keys, and commits only if it is the very next one after the snapshot in which it looked:
/// DuckLake doesn't repeat it on another. So of two with one key one fails, and looks again.
final class LakeKeys implements KeyStore {

    private static final String TABLE = "lake.duckfleet.committed_keys";
    private static final String LOST_RACE = "maximum retry count of 0";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 2;

    private final Lake lake;

    LakeKeys(Lake lake) {
        this.lake = lake;
    }

    /// Whether the lake keeps its keys in this way already: then all its sidecars have to.
    static boolean isIn(Session session) {
        return session.queryLong(
                        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'duckfleet' AND table_name = 'committed_keys'")
                > 0;
    }

    /// Makes the table if it is missing, and keeps the session's DuckDB from repeating commits. The keys lie
    /// by the day on which they end, so that a look-up reads those that count, and pruning drops whole files.
    static void prepare(Session session) {
        if (!isIn(session)) {
            session.begin();
            session.execute("""
                    CREATE TABLE %s (table_name VARCHAR, key VARCHAR, batch_id VARCHAR, content VARCHAR, snapshot_id BIGINT, days VARCHAR,
                        expires_at TIMESTAMP, expires_on DATE)
                    """.formatted(TABLE));
            session.execute("ALTER TABLE %s SET PARTITIONED BY (expires_on)".formatted(TABLE));
            session.commit();
        }
        session.execute("SET GLOBAL ducklake_max_retry_count = 0");
    }

    /// Whether a commit failed because another one came between: nothing of it is in the lake.
    static boolean isLostRace(FleetException error) {
        return error.detail().contains(LOST_RACE);
    }

    @Override
    public KeyLedger.Place place() {
        return KeyLedger.Place.LAKE;
    }

    @Override
    public boolean wantsTurns() {
        return true;
    }

    @Override
    public boolean anyRepeated(Session session, Collection<Batch> batches) {
        List<String> tables = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        Set<List<String>> distinct = new HashSet<>();
        for (Batch batch : batches) {
            Stream.concat(Stream.of(batch.key()), batch.recordKeys().stream()).forEach(key -> {
                tables.add(KeyLedger.nameOf(batch.table()));
                keys.add(key.text());
                distinct.add(List.of(tables.getLast(), key.text()));
            });
        }
        return distinct.size() < keys.size()
                || session.queryLong("""
                                SELECT count(*) FROM %s WHERE expires_on >= ?::DATE AND (table_name, key) IN (SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[])))
                                """.formatted(TABLE), today(), texts(session, tables), texts(session, keys)) > 0;
    }

    @Override
    public void add(Session session, String extraInfo) {
        session.execute("""
                INSERT INTO %s BY NAME
                SELECT table_name, key, batch_id, content, snapshot_id, days, expires_at, expires_at::DATE AS expires_on
                FROM (SELECT x ->> 't' AS table_name, x ->> 'k' AS key, x ->> 'b' AS batch_id, x ->> 'c' AS content, s.id + 1 AS snapshot_id,
                        CAST(x -> 'd' AS VARCHAR) AS days, ?::TIMESTAMP + to_seconds((x ->> 's')::BIGINT) AS expires_at
                    FROM (SELECT unnest(from_json(?::JSON -> 'df', '["JSON"]')) AS x), lake.current_snapshot() s)
                """.formatted(TABLE), LocalDateTime.now(ZoneOffset.UTC).toString(), extraInfo);
    }

    @Override
    public Optional<Long> snapshotOf(Batch batch) {
        return Optional.empty();
    }

    @Override
    public Optional<KeyLedger.Entry> find(TableName table, BatchKey key) {
        return read(session -> session.query(
                "SELECT batch_id, content, snapshot_id, days FROM %s WHERE expires_on >= ?::DATE AND table_name = ? AND key = ?"
                        .formatted(TABLE),
                rows -> rows.next() ? Optional.of(entry(rows)) : Optional.empty(),
                today(),
                KeyLedger.nameOf(table),
                key.text()));
    }

    private static KeyLedger.Entry entry(ResultSet rows) throws SQLException {
        List<DayRows> days = new ArrayList<>();
        for (JsonNode day : array(rows.getString(4))) {
            days.add(new DayRows(
                    LocalDate.parse(day.get(0).textValue()), day.get(1).longValue()));
        }
        return new KeyLedger.Entry(UUID.fromString(rows.getString(1)), rows.getString(2), rows.getLong(3), days);
    }

    private static JsonNode array(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new FleetException(ErrorCode.INTERNAL, "the lake's ledger of keys can't be read", e);
        }
    }

    @Override
    public Map<String, String> contents(TableName table, Collection<String> keys) {
        return read(session -> session.query(
                """
                SELECT key, content FROM %s WHERE expires_on >= ?::DATE AND table_name = ? AND key IN (SELECT unnest(?::VARCHAR[]))
                """.formatted(TABLE),
                rows -> {
                    Map<String, String> found = new HashMap<>();
                    while (rows.next()) {
                        found.put(rows.getString(1), rows.getString(2));
                    }
                    return found;
                },
                today(),
                KeyLedger.nameOf(table),
                texts(session, keys)));
    }

    /// They stay: to delete single rows would cost more than it saves.
    @Override
    public void forget(TableName table, Collection<String> keys) {}

    @Override
    public int prune() {
        String over = " FROM %s WHERE expires_on < ?::DATE".formatted(TABLE);
        return read(session -> session.queryLong("SELECT count(*)" + over, today()) == 0
                ? 0
                : lake.inTurn(() -> delete(session, "DELETE" + over)));
    }

    /// When another sidecar's commit comes between, there is a next time.
    private int delete(Session session, String statement) {
        session.begin();
        try {
            int deleted = Math.toIntExact(session.update(statement, today()));
            lake.commit(session);
            return deleted;
        } catch (FleetException e) {
            if (isLostRace(e)) {
                return 0;
            }
            throw e;
        }
    }

    /// DuckDB may hold connections to the catalog that were cut; the second time it has a new one.
    private <T> T read(SessionWork<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return lake.withSession(work);
            } catch (FleetException e) {
                if (attempt == ATTEMPTS) {
                    throw new FleetException(
                            ErrorCode.CATALOG_UNREACHABLE,
                            "the ledger of committed keys can't be read; see that S3 and the lake's catalog run",
                            e);
                }
            }
        }
    }

    private static Array texts(Session session, Collection<String> values) {
        try {
            return session.connection().createArrayOf("VARCHAR", values.toArray());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }
}
