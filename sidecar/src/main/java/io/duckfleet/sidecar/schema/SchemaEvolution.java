package io.duckfleet.sidecar.schema;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.SchemaChange.AddColumn;
import io.duckfleet.sidecar.schema.SchemaChange.CreateTable;
import io.duckfleet.sidecar.schema.SchemaChange.GiveFirstType;
import io.duckfleet.sidecar.schema.SchemaChange.RewriteColumn;
import io.duckfleet.sidecar.schema.SchemaChange.WidenColumn;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import io.duckfleet.sidecar.schema.TypeFit.Fits;
import io.duckfleet.sidecar.schema.TypeFit.Misfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what a table must become to hold a batch's records.
public final class SchemaEvolution {

    /// What came of it.
    public sealed interface Outcome permits Evolved, Conflict {}

    /// The table holds the batch once `changes` are made, and has `schema` then.
    public record Evolved(TableSchema schema, List<SchemaChange> changes) implements Outcome {
        public Evolved {
            changes = List.copyOf(changes);
        }
    }

    /// Some record can't be held; `field` and `reason` are those of the first conflict.
    public record Conflict(String field, String reason) implements Outcome, ColumnOutcome {}

    private static final List<Column> RESERVED = List.of(
            new Column(ReservedFields.PARTITION_DATE, Scalar.DATE),
            new Column(ReservedFields.INGESTED_AT, Scalar.TIMESTAMPTZ),
            new Column(ReservedFields.RECORD_ID, Scalar.VARCHAR));

    private final ColumnFacts facts;
    private final Inference inference;
    private final TypeFit fit;
    private final Promotion promotion;

    public SchemaEvolution(ColumnFacts facts, Inference inference) {
        this.facts = facts;
        this.inference = inference;
        this.fit = new TypeFit(inference);
        this.promotion = new Promotion(inference, fit);
    }

    /// How `table` comes to hold records of the shape `records`.
    public Outcome evolve(TableSchema table, ObjectShape records) {
        return table.exists() ? grow(table, records) : create(table, records);
    }

    private Outcome create(TableSchema table, ObjectShape records) {
        List<Column> columns = new ArrayList<>();
        for (ObjectShape.FieldShape field : records.fields()) {
            if (ReservedFields.contains(field.name())) {
                continue;
            }
            ColumnType type = inference.typeOf(field.shape());
            if (fit.fit(type, field.shape()) instanceof Misfit misfit) {
                return conflict(field.name(), misfit);
            }
            columns.add(new Column(field.name(), type));
        }
        TableSchema schema = withReserved(table.table(), columns);
        return new Evolved(schema, List.of(new CreateTable(schema)));
    }

    /// A table with `columns` and those that every table has.
    public static TableSchema withReserved(TableName table, List<Column> columns) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(RESERVED);
        return new TableSchema(table, all);
    }

    private Outcome grow(TableSchema table, ObjectShape records) {
        TableSchema schema = table;
        List<SchemaChange> changes = new ArrayList<>();
        for (Column reserved : RESERVED) {
            if (table.column(reserved.name()).isEmpty()) {
                changes.add(new AddColumn(reserved));
                schema = schema.with(reserved);
            }
        }
        for (ObjectShape.FieldShape field : records.fields()) {
            if (ReservedFields.contains(field.name())) {
                continue;
            }
            switch (change(table.column(field.name()), field)) {
                case Conflict conflict -> {
                    return conflict;
                }
                case Step step -> {
                    if (step.change().isPresent()) {
                        changes.add(step.change().get());
                        schema = schema.with(step.column());
                    }
                }
            }
        }
        return new Evolved(schema, changes);
    }

    private ColumnOutcome change(Optional<Column> known, ObjectShape.FieldShape field) {
        if (known.isEmpty()) {
            return added(field);
        }
        Column column = known.get();
        if (mayTakeFirstType(column, field.shape()) && facts.holdsOnlyNulls(column)) {
            Column typed = new Column(column.name(), inference.typeOf(field.shape()));
            return new Step(typed, Optional.of(new GiveFirstType(typed)));
        }
        return switch (fit.fit(column.type(), field.shape())) {
            case Misfit misfit -> promoted(column, field.shape(), conflict(field.name(), misfit));
            case Fits fits -> changed(column, field.shape(), fits);
        };
    }

    /// The column with the type that holds both, where that is asked for and can be.
    private ColumnOutcome promoted(Column column, Shape shape, Conflict conflict) {
        if (!inference.promotes()) {
            return conflict;
        }
        return promotion
                .of(column.type(), shape)
                .map(column::withType)
                .<ColumnOutcome>map(after -> new Step(after, Optional.of(new RewriteColumn(column, after))))
                .orElse(conflict);
    }

    private ColumnOutcome added(ObjectShape.FieldShape field) {
        Column column = new Column(field.name(), inference.typeOf(field.shape()));
        return fit.fit(column.type(), field.shape()) instanceof Misfit misfit
                ? conflict(field.name(), misfit)
                : new Step(column, Optional.of(new AddColumn(column)));
    }

    private boolean mayTakeFirstType(Column column, Shape shape) {
        return !column.declared()
                && column.type() == Scalar.VARCHAR
                && shape.values() > 0
                && inference.typeOf(shape) != Scalar.VARCHAR;
    }

    private ColumnOutcome changed(Column column, Shape shape, Fits fits) {
        Column after = column.withType(fits.type());
        if (after.equals(column)) {
            return new Step(column, Optional.empty());
        }
        if (fits.rounds() && !facts.survives(column, fits.type())) {
            Conflict conflict = new Conflict(
                    column.name(), "the column holds integers beyond 2^53, which numbers with a fraction would change");
            return promoted(column, shape, conflict);
        }
        if (fits.asText() && column.declared()) {
            Conflict conflict = new Conflict(
                    column.name(),
                    "the column was declared as %s and can't hold other text"
                            .formatted(column.type().sql()));
            return promoted(column, shape, conflict);
        }
        return new Step(
                after,
                Optional.of(fits.asText() ? new RewriteColumn(column, after) : new WidenColumn(after, fits.rounds())));
    }

    private static Conflict conflict(String field, Misfit misfit) {
        Misfit found = misfit.under(field);
        return new Conflict(found.path(), found.reason());
    }

    sealed interface ColumnOutcome permits Step, Conflict {}

    /// `column` as it is after the change, if there is one.
    record Step(Column column, Optional<SchemaChange> change) implements ColumnOutcome {}
}
