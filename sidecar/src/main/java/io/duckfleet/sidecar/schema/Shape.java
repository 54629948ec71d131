package io.duckfleet.sidecar.schema;

import org.jspecify.annotations.Nullable;

/// What the values at one place of many records look like together: their kinds, how many there are, the
/// fields of the objects and the elements of the arrays among them. Grows while records are scanned; not
/// thread-safe until then.
public final class Shape {

    private int kinds;
    private long values;
    private @Nullable ObjectShape fields;
    private @Nullable Shape element;

    void add(ValueKind kind) {
        kinds |= Kinds.bit(kind);
        values++;
    }

    /// The shape of the objects seen here, made at first use.
    ObjectShape objects() {
        ObjectShape objects = fields;
        if (objects == null) {
            objects = new ObjectShape();
            fields = objects;
        }
        return objects;
    }

    /// The shape of the elements of the arrays seen here, made at first use.
    Shape elements() {
        Shape elements = element;
        if (elements == null) {
            elements = new Shape();
            element = elements;
        }
        return elements;
    }

    void addAll(Shape other) {
        kinds |= other.kinds;
        values += other.values;
        if (other.fields != null) {
            objects().addAll(other.fields);
        }
        if (other.element != null) {
            elements().addAll(other.element);
        }
    }

    Kinds kinds() {
        return new Kinds(kinds);
    }

    /// How many values other than null were seen.
    public long values() {
        return values;
    }

    /// Whether `kind` was seen here or anywhere below.
    boolean containsDeep(ValueKind kind) {
        return kinds().contains(kind)
                || (element != null && element.containsDeep(kind))
                || (fields != null
                        && fields.fields().stream()
                                .anyMatch(field -> field.shape().containsDeep(kind)));
    }
}
