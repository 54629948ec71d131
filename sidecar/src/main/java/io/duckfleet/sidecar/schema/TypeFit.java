package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fits the values of a shape into a column's type: as it is, widened without loss, or not at all.
final class TypeFit {

    /// What came of it.
    sealed interface Result {}

    /// The values fit into `type`, which is the column's own or a wider one. `asText` tells that dates in
    /// it have become text, which the lake doesn't count as widening; `rounds` that integers in it have
    /// become DOUBLE, so those that are there must be looked at.
    record Fits(ColumnType type, boolean asText, boolean rounds) implements Result {}

    /// A value doesn't fit; `path` is where, below the column.
    record Misfit(String path, String reason) implements Result {
        Misfit under(String name) {
            return new Misfit(path.isEmpty() ? name : name + "." + path, reason);
        }
    }

    private final Inference inference;

    TypeFit(Inference inference) {
        this.inference = inference;
    }

    Result fit(ColumnType type, Shape shape) {
        if (shape.kinds().isEmpty()) {
            return asItIs(type);
        }
        return switch (type) {
            case Scalar scalar -> scalar(scalar, shape);
            case Struct struct -> struct(struct, shape);
            case ListOf list -> list(list, shape);
            case Foreign foreign ->
                new Misfit("", "the column has the type %s, which the sidecar doesn't write".formatted(foreign.sql()));
        };
    }

    private static Fits asItIs(ColumnType type) {
        return new Fits(type, false, false);
    }

    private Result scalar(Scalar type, Shape shape) {
        Kinds kinds = shape.kinds();
        return switch (type) {
            case BOOLEAN -> within(type, kinds, Kinds.BOOLS);
            case BIGINT -> bigint(kinds);
            case DOUBLE -> within(type, kinds, Kinds.DOUBLES.plus(Kinds.of(ValueKind.INT_TEXT)));
            case VARCHAR -> within(type, kinds, Kinds.SCALARS);
            case DATE -> temporal(type, kinds, Kinds.DATES);
            case TIMESTAMP -> temporal(type, kinds, Kinds.TIMESTAMPS);
            case TIMESTAMPTZ -> temporal(type, kinds, Kinds.TIMESTAMPTZS);
            case JSON -> json(shape);
        };
    }

    private static Result within(Scalar type, Kinds found, Kinds expected) {
        return found.within(expected) ? asItIs(type) : misfit(type, found);
    }

    private static Misfit misfit(ColumnType type, Kinds found) {
        String name = type instanceof Scalar scalar ? scalar.sql() : type instanceof Struct ? "an object" : "an array";
        return new Misfit(
                "", "the column is %s and can't hold %s without loss".formatted(name, KindNames.describe(found)));
    }

    private static Result bigint(Kinds kinds) {
        Kinds small = Kinds.of(ValueKind.INT, ValueKind.WHOLE_FLOAT, ValueKind.INT_TEXT);
        if (kinds.within(small.plus(Kinds.INTEGERS))) {
            return asItIs(Scalar.BIGINT);
        }
        return kinds.within(small.plus(Kinds.DOUBLES))
                ? new Fits(Scalar.DOUBLE, false, true)
                : misfit(Scalar.BIGINT, kinds);
    }

    private static Result temporal(Scalar type, Kinds found, Kinds expected) {
        if (found.within(expected)) {
            return asItIs(type);
        }
        return found.within(Kinds.TEXTS) ? new Fits(Scalar.VARCHAR, true, false) : misfit(type, found);
    }

    /// DuckDB reads the numbers in a JSON value as doubles, so one that isn't exact would change.
    private static Result json(Shape shape) {
        return shape.containsDeep(ValueKind.INEXACT_FLOAT)
                ? new Misfit("", "a number has more digits than a double holds; send it as text")
                : asItIs(Scalar.JSON);
    }

    private Result struct(Struct type, Shape shape) {
        if (!shape.kinds().within(Kinds.OBJECTS)) {
            return misfit(type, shape.kinds());
        }
        if (shape.objects().isWide()) {
            return new Misfit("", "the objects have more than %d different fields".formatted(ObjectShape.MAX_FIELDS));
        }
        List<Field> fields = new ArrayList<>(type.fields());
        boolean asText = false;
        boolean rounds = false;
        for (ObjectShape.FieldShape seen : shape.objects().fields()) {
            Optional<Field> known = type.field(seen.name());
            switch (known.map(field -> fit(field.type(), seen.shape())).orElseGet(() -> added(seen))) {
                case Misfit misfit -> {
                    return misfit.under(seen.name());
                }
                case Fits fits -> {
                    asText |= fits.asText();
                    rounds |= fits.rounds();
                    put(fields, known, seen, fits.type());
                }
            }
        }
        return new Fits(new Struct(fields), asText, rounds);
    }

    private Result added(ObjectShape.FieldShape seen) {
        ColumnType type = inference.typeOf(seen.shape());
        return seen.shape().values() == 0 ? asItIs(type) : fit(type, seen.shape());
    }

    private static void put(List<Field> fields, Optional<Field> known, ObjectShape.FieldShape seen, ColumnType type) {
        if (known.isPresent()) {
            fields.set(fields.indexOf(known.get()), new Field(known.get().name(), type));
        } else if (seen.shape().values() > 0) {
            fields.add(new Field(seen.name(), type));
        }
    }

    private Result list(ListOf type, Shape shape) {
        if (!shape.kinds().within(Kinds.ARRAYS)) {
            return misfit(type, shape.kinds());
        }
        return switch (fit(type.element(), shape.elements())) {
            case Misfit misfit -> misfit;
            case Fits fits -> new Fits(new ListOf(fits.type()), fits.asText(), fits.rounds());
        };
    }
}
