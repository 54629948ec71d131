package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;

/// The type of a column that doesn't exist yet: the one that holds all values of the batch without loss.
/// Scalars of different types become text, what is nested and has no common type becomes JSON.
public final class Inference {

    private static final int MAX_STRUCT_FIELDS = 256;

    private final boolean dates;
    private final OnConflict onConflict;

    /// `dates` tells whether texts that are all ISO dates or date-times become dates and timestamps.
    public Inference(boolean dates) {
        this(dates, OnConflict.CAST);
    }

    /// As [#Inference(boolean)]; `onConflict` is what becomes of values that an existing column can't hold.
    public Inference(boolean dates, OnConflict onConflict) {
        this.dates = dates;
        this.onConflict = onConflict;
    }

    boolean promotes() {
        return onConflict == OnConflict.PROMOTE;
    }

    /// The type for the values of `shape`.
    ColumnType typeOf(Shape shape) {
        Kinds kinds = shape.kinds();
        if (kinds.isEmpty()) {
            return Scalar.VARCHAR;
        }
        if (kinds.within(Kinds.SCALARS)) {
            return scalar(kinds);
        }
        if (kinds.within(Kinds.OBJECTS)) {
            return struct(shape);
        }
        if (kinds.within(Kinds.ARRAYS)) {
            return list(shape);
        }
        return Scalar.JSON;
    }

    private Scalar scalar(Kinds kinds) {
        if (kinds.within(Kinds.BOOLS)) {
            return Scalar.BOOLEAN;
        }
        if (kinds.within(Kinds.INTEGERS)) {
            return Scalar.BIGINT;
        }
        if (kinds.within(Kinds.DOUBLES)) {
            return Scalar.DOUBLE;
        }
        return dates ? temporal(kinds) : Scalar.VARCHAR;
    }

    private static Scalar temporal(Kinds kinds) {
        if (kinds.within(Kinds.DATES)) {
            return Scalar.DATE;
        }
        if (kinds.within(Kinds.TIMESTAMPS)) {
            return Scalar.TIMESTAMP;
        }
        return kinds.within(Kinds.TIMESTAMPTZS) ? Scalar.TIMESTAMPTZ : Scalar.VARCHAR;
    }

    private ColumnType struct(Shape shape) {
        List<Field> fields = new ArrayList<>();
        for (ObjectShape.FieldShape field : shape.objects().fields()) {
            if (field.shape().values() > 0) {
                fields.add(new Field(field.name(), typeOf(field.shape())));
            }
        }
        boolean isMap = shape.objects().isWide() || fields.size() > MAX_STRUCT_FIELDS;
        return fields.isEmpty() || isMap ? Scalar.JSON : new Struct(fields);
    }

    private ColumnType list(Shape shape) {
        Shape elements = shape.elements();
        return new ListOf(elements.values() == 0 ? Scalar.JSON : typeOf(elements));
    }
}
