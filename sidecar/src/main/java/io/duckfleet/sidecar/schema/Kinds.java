package io.duckfleet.sidecar.schema;

import static io.duckfleet.sidecar.schema.ValueKind.*;

/// A set of kinds, as a value.
record Kinds(int mask) {

    static final Kinds NONE = new Kinds(0);
    static final Kinds BOOLS = of(BOOL);
    static final Kinds INTEGERS = of(INT, LONG);
    static final Kinds DOUBLES = of(INT, WHOLE_FLOAT, FLOAT);
    static final Kinds FLOATS = of(WHOLE_FLOAT, FLOAT, INEXACT_FLOAT);
    static final Kinds DATES = of(DATE_TEXT);
    static final Kinds TIMESTAMPS = of(TIMESTAMP_TEXT);
    static final Kinds TIMESTAMPTZS = of(TIMESTAMPTZ_TEXT);
    static final Kinds TEXTS = of(TEXT, INT_TEXT, DATE_TEXT, TIMESTAMP_TEXT, TIMESTAMPTZ_TEXT);
    static final Kinds SCALARS = TEXTS.plus(BOOLS).plus(INTEGERS).plus(FLOATS).plus(of(HUGE_INT));
    static final Kinds EMPTY_OBJECTS = of(EMPTY_OBJECT);
    static final Kinds OBJECTS = of(EMPTY_OBJECT, OBJECT);
    static final Kinds ARRAYS = of(EMPTY_ARRAY, ARRAY);

    static Kinds of(ValueKind... kinds) {
        int mask = 0;
        for (ValueKind kind : kinds) {
            mask |= bit(kind);
        }
        return new Kinds(mask);
    }

    @SuppressWarnings("EnumOrdinal") // the numbers never leave the process
    static int bit(ValueKind kind) {
        return 1 << kind.ordinal();
    }

    Kinds plus(Kinds other) {
        return new Kinds(mask | other.mask);
    }

    boolean isEmpty() {
        return mask == 0;
    }

    /// Whether there is at least one kind, and none that `others` lacks.
    boolean within(Kinds others) {
        return mask != 0 && (mask & ~others.mask) == 0;
    }

    boolean intersects(Kinds others) {
        return (mask & others.mask) != 0;
    }

    boolean contains(ValueKind kind) {
        return (mask & bit(kind)) != 0;
    }
}
