package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.plan.Column;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SELECTs that find records.
final class Searches {

    static final String INGESTED_AT = "ingested_at";

    private static final String RECORD_ID = "record_id";
    private static final String ID = "id";
    private static final String LIMIT = "limit";
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,30}");

    private Searches() {}

    /// The lookups of a record by its id, to be tried one after another: each gives the newest one, if any.
    static List<RecordQuery> byId(ChosenTable table, String id, long limit) {
        List<RecordQuery> lookups = new ArrayList<>();
        for (String name : List.of(RECORD_ID, ID)) {
            Field.find(table.columns(), name)
                    .flatMap(field -> equality(field, id))
                    .ifPresent(condition -> lookups.add(new RecordQuery(
                            "SELECT * FROM %s WHERE %s%s LIMIT $limit"
                                    .formatted(table.source(), condition, newestFirst(table.columns())),
                            Map.of(ID, parameterOf(condition, id), LIMIT, Math.min(1, limit)))));
        }
        return lookups;
    }

    /// Integers are compared as such, so that statistics of files can rule files out.
    private static Optional<String> equality(Field field, String id) {
        String type = field.type();
        if (type.equals("VARCHAR")) {
            return Optional.of(field.expression() + " = $id");
        }
        if (type.endsWith("INT") || type.equals("INTEGER")) {
            boolean possible = INTEGER.matcher(id).matches() && new BigInteger(id).bitLength() < Long.SIZE;
            return possible ? Optional.of(field.expression() + " = CAST($id AS BIGINT)") : Optional.empty();
        }
        return Optional.of("CAST(%s AS VARCHAR) = $id".formatted(field.expression()));
    }

    private static Object parameterOf(String condition, String id) {
        return condition.endsWith("BIGINT)") ? Long.valueOf(id) : id;
    }

    private static String newestFirst(List<Column> columns) {
        return Field.find(columns, INGESTED_AT)
                .map(field -> " ORDER BY %s DESC NULLS LAST".formatted(field.expression()))
                .orElse("");
    }

    /// The records whose `field` lies in `range`, newest first.
    static RecordQuery inRange(ChosenTable table, String field, DateRange range, long limit) {
        Field dated = Field.named(table.columns(), field, "date_field");
        DateRange.Bounds bounds = range.boundsOf(dated, field);
        return new RecordQuery(
                "SELECT * FROM %1$s WHERE %2$s >= %3$s AND %2$s < %4$s ORDER BY %2$s DESC LIMIT $limit"
                        .formatted(table.source(), bounds.value(), bounds.cast("$start"), bounds.cast("$end")),
                Map.of("start", bounds.start(), "end", bounds.end(), LIMIT, limit));
    }

    /// The records ingested since `since`, newest first.
    static RecordQuery recent(ChosenTable table, Instant since, long limit) {
        Field ingestedAt = Field.named(table.columns(), INGESTED_AT, ChosenTable.FIELD);
        return new RecordQuery(
                "SELECT * FROM %1$s WHERE %2$s >= CAST($since AS TIMESTAMPTZ) ORDER BY %2$s DESC LIMIT $limit"
                        .formatted(table.source(), ingestedAt.expression()),
                Map.of("since", since.toString(), LIMIT, limit));
    }

    /// The records that hold the term in any column, or in the column of that name, also in nested fields.
    ///
    /// @throws FleetException `invalid_request` if there is no such column
    static RecordQuery holding(ChosenTable table, SearchTerm term, Optional<String> column, long limit) {
        Stream<Field> fields = column.filter(name -> !name.isEmpty())
                .map(name -> Stream.of(Field.named(table.columns(), name, "column")))
                .orElseGet(() -> table.columns().stream().map(Field::of));
        String conditions = fields.flatMap(Field::leaves)
                .flatMap(field -> term.in(field).stream())
                .collect(Collectors.joining("\n  OR "));
        Map<String, Object> parameters = new HashMap<>(term.parameters());
        parameters.put(LIMIT, limit);
        return new RecordQuery(
                "SELECT * FROM %s WHERE %s LIMIT $limit"
                        .formatted(table.source(), conditions.isEmpty() ? "false" : conditions),
                parameters);
    }
}
