package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the type that holds both a column's values and others that it can't hold as it is: text for scalars,
/// also within objects and arrays, else JSON for the column as a whole.
final class Promotion {

    private final Inference inference;
    private final TypeFit fit;

    Promotion(Inference inference, TypeFit fit) {
        this.inference = inference;
        this.fit = fit;
    }

    /// The type; none where not even JSON holds both.
    Optional<ColumnType> of(ColumnType type, Shape shape) {
        if (type instanceof Foreign) {
            return Optional.empty();
        }
        Optional<ColumnType> byText = byText(type, shape);
        return byText.isPresent() ? byText : json(shape);
    }

    private Optional<ColumnType> json(Shape shape) {
        return fit.fit(Scalar.JSON, shape) instanceof TypeFit.Fits ? Optional.of(Scalar.JSON) : Optional.empty();
    }

    /// The type without JSON in new places.
    private Optional<ColumnType> byText(ColumnType type, Shape shape) {
        if (fit.fit(type, shape) instanceof TypeFit.Fits fits && !fits.rounds()) {
            return Optional.of(fits.type());
        }
        return switch (type) {
            case Scalar scalar ->
                scalar != Scalar.JSON && shape.kinds().within(Kinds.SCALARS)
                        ? Optional.of(Scalar.VARCHAR)
                        : Optional.empty();
            case Struct struct -> shape.kinds().within(Kinds.OBJECTS) ? struct(struct, shape) : Optional.empty();
            case ListOf list ->
                shape.kinds().within(Kinds.ARRAYS)
                        ? byText(list.element(), shape.elements()).map(ListOf::new)
                        : Optional.empty();
            case Foreign foreign -> Optional.empty();
        };
    }

    private Optional<ColumnType> struct(Struct struct, Shape shape) {
        if (shape.objects().isWide()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : struct.fields()) {
            Optional<ObjectShape.FieldShape> seen = shape.objects().field(field.name());
            Optional<ColumnType> type = seen.isEmpty()
                    ? Optional.of(field.type())
                    : byText(field.type(), seen.get().shape());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new Field(field.name(), type.get()));
        }
        for (ObjectShape.FieldShape seen : shape.objects().fields()) {
            if (struct.field(seen.name()).isEmpty() && seen.shape().values() > 0) {
                fields.add(new Field(seen.name(), inference.typeOf(seen.shape())));
            }
        }
        return Optional.of(new Struct(fields));
    }
}
