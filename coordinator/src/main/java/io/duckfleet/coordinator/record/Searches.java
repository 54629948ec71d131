package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.lake.UnreadFiles;
import io.duckfleet.coordinator.plan.Column;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes the SELECTs that find records. Thread-safe.
final class Searches {

    static final String INGESTED_AT = "ingested_at";

    /// What an id is looked for in, one after another.
    static final List<String> IDS = List.of("record_id", "id");

    private static final String ID = "id";
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,30}");

    private final Fields fields;

    Searches(Fields fields) {
        this.fields = fields;
    }

    /// Looks for the newest record that has the id in that column, if the table has one that may hold it.
    /// `unread` are files that don't.
    Optional<RecordQuery> byId(ChosenTable table, UnreadFiles unread, String column, String id, long limit) {
        return fields.find(table.columns(), column)
                .flatMap(field -> equality(field, id))
                .map(condition ->
                        RecordQuery.of(table, unread, condition, newestFirst(table.columns()), Math.min(1, limit)));
    }

    /// Integers are compared as such, so that statistics of files can rule files out.
    private static Optional<Condition> equality(Field field, String id) {
        String value = field.expression();
        String type = field.type();
        if (type.equals("VARCHAR")) {
            return Optional.of(Condition.of(value + " = $id", ID, id));
        }
        if (type.endsWith("INT") || type.equals("INTEGER")) {
            return Optional.of(id)
                    .filter(text -> INTEGER.matcher(text).matches())
                    .map(BigInteger::new)
                    .filter(number -> number.bitLength() < Long.SIZE)
                    .map(number -> Condition.of(value + " = CAST($id AS BIGINT)", ID, number.longValue()));
        }
        return Optional.of(Condition.of("CAST(%s AS VARCHAR) = $id".formatted(value), ID, id));
    }

    private String newestFirst(List<Column> columns) {
        return fields.find(columns, INGESTED_AT)
                .map(field -> " ORDER BY %s DESC NULLS LAST".formatted(field.expression()))
                .orElse("");
    }

    /// The records whose `field` lies in `range`, newest first. Where all are of the same day, nothing is
    /// sorted, and no more is read than the limit asks for.
    RecordQuery inRange(ChosenTable table, String field, DateRange range, long limit) {
        Field dated = fields.named(table.columns(), field, "date_field");
        DateRange.Bounds bounds = range.boundsOf(dated, field);
        Condition within = new Condition(
                "%1$s >= %2$s AND %1$s < %3$s".formatted(bounds.value(), bounds.cast("$start"), bounds.cast("$end")),
                Map.of("start", bounds.start(), "end", bounds.end()));
        String order = bounds.isOneValue() ? "" : " ORDER BY %s DESC".formatted(bounds.value());
        return RecordQuery.of(table, within, order, limit);
    }

    /// The records ingested since `since`, newest first.
    RecordQuery recent(ChosenTable table, Instant since, long limit) {
        String ingestedAt = DateRange.time(fields.named(table.columns(), INGESTED_AT, ChosenTable.FIELD));
        Condition within = Condition.of(ingestedAt + " >= CAST($since AS TIMESTAMPTZ)", "since", since.toString());
        return RecordQuery.of(table, within, " ORDER BY %s DESC".formatted(ingestedAt), limit);
    }

    /// The records that hold the term in any column, or in the column of that name, also in nested fields.
    ///
    /// @throws FleetException `invalid_request` if there is no such column
    RecordQuery holding(ChosenTable table, SearchTerm term, Optional<String> column, long limit) {
        Stream<Field> searched = column.filter(name -> !name.isEmpty())
                .map(name -> Stream.of(fields.named(table.columns(), name, "column")))
                .orElseGet(() -> table.columns().stream().map(Field::of));
        List<Condition> conditions = searched.flatMap(fields::leaves)
                .flatMap(field -> term.in(field).stream())
                .toList();
        return RecordQuery.of(table, Condition.any(conditions), "", limit);
    }
}
