package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.ObjectShape;
import io.duckfleet.sidecar.schema.ReservedFields;
import io.duckfleet.sidecar.schema.StagedColumns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The rows that a commit adds to one table, staged in a temp table: JSON becomes columns there, and is
/// checked, before the lake sees any of it.
final class TableStage {

    /// Longer than any field's name may be, so it is no column's.
    private static final String BATCH = "batch_".repeat(24);

    private static final String STAGE = "temp.main.stage";

    /// Piece and statement sizes: small pieces parse several times faster than one large array, and a
    /// statement holds its pieces as Java texts.
    private static final int PIECE_BYTES = 256 * 1024;

    private static final int STATEMENT_BYTES = 16 * 1024 * 1024;

    private final Session session;
    private final TablePlan plan;
    private final StagedColumns columns;
    private final List<ObjectShape> shapes;

    TableStage(Session session, TablePlan plan) {
        this.session = session;
        this.plan = plan;
        this.shapes =
                plan.taken().stream().map(batch -> batch.records().shape()).toList();
        this.columns = StagedColumns.of(plan.after(), shapes);
    }

    /// Stages the plan's batches and puts them into the lake table; gives what each has in which partition.
    Map<Batch, List<DayRows>> insert() {
        stage();
        verify();
        session.execute("INSERT INTO %s BY NAME SELECT * EXCLUDE (%s) FROM %s"
                .formatted(LakeSql.table(plan.after().table()), Identifiers.quote(BATCH), STAGE));
        Map<Batch, List<DayRows>> days = countDays();
        session.execute("DROP TABLE " + STAGE);
        return days;
    }

    private void stage() {
        StagePieces pieces = new StagePieces(session);
        String into = "CREATE OR REPLACE TEMP TABLE stage AS ";
        for (int i = 0; i < plan.taken().size(); i++) {
            Batch batch = plan.taken().get(i);
            for (String piece : columns.pieces(batch.records(), PIECE_BYTES)) {
                pieces.add(piece, i, batch);
                if (pieces.bytes() >= STATEMENT_BYTES) {
                    stage(into, pieces);
                    into = "INSERT INTO %s ".formatted(STAGE);
                }
            }
        }
        if (!pieces.isEmpty()) {
            stage(into, pieces);
        }
    }

    private void stage(String into, StagePieces pieces) {
        try {
            pieces.run(into + select());
        } catch (FleetException e) {
            if (e.code() == ErrorCode.SQL_FAILED) {
                throw FleetException.invalid("records", "can't be read: " + e.detail());
            }
            throw e;
        }
    }

    private String select() {
        String fields = columns.names().stream()
                .map(name -> "r.%1$s AS %1$s, ".formatted(Identifiers.quote(name)))
                .collect(Collectors.joining());
        return """
               SELECT %1$s
                   coalesce(day, r.%2$s, today) AS %2$s, coalesce(r.%3$s, received_at) AS %3$s, coalesce(r.%4$s, %5$s) AS %4$s, batch AS %6$s
               FROM (SELECT unnest(from_json(body, %7$s)) AS r, batch, day, today, received_at FROM (%8$s))
               """.formatted(
                        fields,
                        reserved(ReservedFields.PARTITION_DATE),
                        reserved(ReservedFields.INGESTED_AT),
                        reserved(ReservedFields.RECORD_ID),
                        recordId(),
                        Identifiers.quote(BATCH),
                        Identifiers.literal(columns.jsonStructure()),
                        StagePieces.SOURCE);
    }

    private String reserved(String name) {
        return Identifiers.quote(plan.after().column(name).orElseThrow().name());
    }

    /// The record's `id` as text, else a UUID that sorts by time.
    private String recordId() {
        String made = "CAST(uuidv7() AS VARCHAR)";
        String id = plan.after()
                .column("id")
                .map(column -> "r." + Identifiers.quote(column.name()))
                .orElse("");
        return columns.scalar("id")
                .map(type -> switch (type) {
                    case BOOLEAN, BIGINT, VARCHAR, DATE -> "CAST(%s AS VARCHAR)".formatted(id);
                    case DOUBLE ->
                        "CASE WHEN %1$s = trunc(%1$s) AND abs(%1$s) < 1e15 THEN CAST(CAST(%1$s AS BIGINT) AS VARCHAR) ELSE CAST(%1$s AS VARCHAR) END"
                                .formatted(id);
                    case TIMESTAMP, TIMESTAMPTZ -> "replace(CAST(%s AS VARCHAR), ' ', 'T')".formatted(id);
                    case JSON -> "%s ->> '$'".formatted(id);
                })
                .map(text -> "coalesce(%s, %s)".formatted(text, made))
                .orElse(made);
    }

    /// DuckDB's JSON reader makes null of what it can't cast. Nothing of that kind should be left after the
    /// scan; if it is, the batch must not go in.
    private void verify() {
        Map<String, Long> expected = new HashMap<>(columns.expectedValues(shapes));
        List<String> names = columns.names();
        String counts = names.stream()
                .map(name -> ", count(%s)".formatted(Identifiers.quote(name)))
                .collect(Collectors.joining());
        long records = plan.taken().stream()
                .mapToLong(batch -> batch.records().count())
                .sum();
        session.query("SELECT count(*)%s FROM %s".formatted(counts, STAGE), rows -> {
            rows.next();
            check("records", records, rows.getLong(1));
            for (int i = 0; i < names.size(); i++) {
                check(names.get(i), expected.getOrDefault(names.get(i), 0L), rows.getLong(i + 2));
            }
            return true;
        });
    }

    private void check(String what, long expected, long found) {
        if (expected != found) {
            throw new FleetException(
                    ErrorCode.INTERNAL,
                    "%d values of \"%s\" for table %s were read as %d; nothing of the batch was taken"
                            .formatted(expected, what, plan.after().table(), found));
        }
    }

    private Map<Batch, List<DayRows>> countDays() {
        Map<Batch, List<DayRows>> days = new HashMap<>();
        String sql = "SELECT %1$s, %2$s, count(*) FROM %3$s GROUP BY ALL ORDER BY ALL"
                .formatted(Identifiers.quote(BATCH), reserved(ReservedFields.PARTITION_DATE), STAGE);
        session.query(sql, rows -> {
            while (rows.next()) {
                days.computeIfAbsent(plan.taken().get(rows.getInt(1)), batch -> new ArrayList<>())
                        .add(new DayRows(rows.getObject(2, LocalDate.class), rows.getLong(3)));
            }
            return true;
        });
        return days;
    }
}
