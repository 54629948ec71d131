package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.ReservedFields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts what was staged: rows by batch and day, and the values of each column, which must be as many as the
/// scan has seen. DuckDB's JSON reader makes null of what it can't cast; nothing of that kind should be left
/// after the scan, and if it is, the batch must not go in.
final class StageTally {

    private final TablePlan plan;
    private final StageSelect select;
    private final List<String> names;
    private final long[] values;
    private final Map<Batch, TreeMap<LocalDate, Long>> days = new HashMap<>();
    private long records;

    StageTally(TablePlan plan, StageSelect select) {
        this.plan = plan;
        this.select = select;
        this.names = select.columns().names();
        this.values = new long[names.size()];
    }

    /// Adds what `source`, a table or subquery, holds.
    void add(Session session, String source) {
        String counts = names.stream()
                .map(name -> ", count(%s)".formatted(Identifiers.quote(name)))
                .collect(Collectors.joining());
        String sql = "SELECT %1$s, %2$s, count(*)%3$s FROM %4$s GROUP BY 1, 2"
                .formatted(StageSelect.BATCH, select.reserved(ReservedFields.PARTITION_DATE), counts, source);
        session.query(sql, rows -> {
            while (rows.next()) {
                add(rows);
            }
            return true;
        });
    }

    /// Adds rows of the plan's only batch.
    void add(StagedRows rows) {
        Map<LocalDate, Long> ofBatch = days.computeIfAbsent(plan.taken().getFirst(), batch -> new TreeMap<>());
        rows.days().forEach((day, count) -> {
            records += count;
            ofBatch.merge(day, count, Long::sum);
        });
        for (int i = 0; i < values.length; i++) {
            values[i] += rows.values().getOrDefault(names.get(i), 0L);
        }
    }

    private void add(ResultSet rows) throws SQLException {
        long count = rows.getLong(3);
        records += count;
        days.computeIfAbsent(plan.taken().get(rows.getInt(1)), batch -> new TreeMap<>())
                .merge(rows.getObject(2, LocalDate.class), count, Long::sum);
        for (int i = 0; i < values.length; i++) {
            values[i] += rows.getLong(i + 4);
        }
    }

    /// What each batch has in which partition.
    ///
    /// @throws FleetException `internal` if a value was lost
    Map<Batch, List<DayRows>> checked() {
        Map<String, Long> expected = select.columns().expectedValues(StageSelect.shapes(plan));
        check(
                "records",
                plan.taken().stream()
                        .mapToLong(batch -> batch.records().count())
                        .sum(),
                records);
        for (int i = 0; i < values.length; i++) {
            check(names.get(i), expected.getOrDefault(names.get(i), 0L), values[i]);
        }
        Map<Batch, List<DayRows>> result = new HashMap<>();
        days.forEach((batch, byDay) -> {
            List<DayRows> rows = new ArrayList<>();
            byDay.forEach((day, count) -> rows.add(new DayRows(day, count)));
            result.put(batch, rows);
        });
        return result;
    }

    private void check(String what, long expected, long found) {
        if (expected != found) {
            throw new FleetException(
                    ErrorCode.INTERNAL,
                    "%d values of \"%s\" for table %s were read as %d; nothing of the batch was taken"
                            .formatted(expected, what, plan.after().table(), found));
        }
    }
}
