package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.ColumnType;
import io.duckfleet.sidecar.schema.ObjectShape;
import io.duckfleet.sidecar.schema.ReservedFields;
import io.duckfleet.sidecar.schema.StagedColumns;
import io.duckfleet.sidecar.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The query that turns pieces of JSON into rows of the table that a plan leads to.
final class StageSelect {

    /// The column that tells a row's batch, by its place in the plan. Longer than any field's name may be, so
    /// it is no column's.
    static final String BATCH = Identifiers.quote("batch_".repeat(24));

    private final TablePlan plan;
    private final StagedColumns columns;

    StageSelect(TablePlan plan) {
        this.plan = plan;
        this.columns = StagedColumns.of(plan.after(), shapes(plan));
    }

    static List<ObjectShape> shapes(TablePlan plan) {
        return plan.taken().stream().map(batch -> batch.records().shape()).toList();
    }

    StagedColumns columns() {
        return columns;
    }

    /// The query, over [StagePieces#SOURCE].
    String sql() {
        String fields = columns.names().stream()
                .map(name -> "r.%1$s AS %1$s, ".formatted(Identifiers.quote(name)))
                .collect(Collectors.joining());
        return """
               SELECT %1$s
                   coalesce(day, %9$sr.%2$s, today) AS %2$s, coalesce(r.%3$s, received_at) AS %3$s, coalesce(r.%4$s, %5$s) AS %4$s, batch AS %6$s
               FROM (SELECT unnest(from_json(body, %7$s)) AS r, batch, day, today, received_at FROM (%8$s))
               """.formatted(
                        fields,
                        reserved(ReservedFields.PARTITION_DATE),
                        reserved(ReservedFields.INGESTED_AT),
                        reserved(ReservedFields.RECORD_ID),
                        recordId(),
                        BATCH,
                        Identifiers.literal(columns.jsonStructure()),
                        StagePieces.SOURCE,
                        dayOfField());
    }

    /// The column of a field that every table has, with quotes.
    String reserved(String name) {
        return Identifiers.quote(reservedName(name));
    }

    /// The column of a field that every table has.
    String reservedName(String name) {
        return plan.after().column(name).orElseThrow().name();
    }

    /// The day from the field that a batch names for it, with a comma behind; empty when no batch does.
    private String dayOfField() {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < plan.taken().size(); i++) {
            Optional<TableSchema.Column> field =
                    plan.taken().get(i).records().partitionBy().flatMap(plan.after()::column);
            if (field.isPresent() && columns.scalar(field.get().name()).isPresent()) {
                cases.add("WHEN %d THEN %s".formatted(i, day(field.get())));
            }
        }
        return cases.isEmpty() ? "" : "CASE batch %s END, ".formatted(String.join(" ", cases));
    }

    /// As text a date-time with a zone must be read as one: its day is that of UTC.
    private static String day(TableSchema.Column field) {
        String value = "r." + Identifiers.quote(field.name());
        return field.type() == ColumnType.Scalar.VARCHAR || field.type() == ColumnType.Scalar.JSON
                ? "CAST(TRY_CAST(%s AS TIMESTAMPTZ) AS DATE)".formatted(textOf(field, value))
                : "CAST(%s AS DATE)".formatted(value);
    }

    private static String textOf(TableSchema.Column field, String value) {
        return field.type() == ColumnType.Scalar.JSON ? "(%s ->> '$')".formatted(value) : value;
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
}
