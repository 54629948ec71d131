package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes records anew for DuckDB's JSON reader where it would not take them as they are: it matches names
/// by case, and turns `1.10` into `1.1` on its way to a text column.
final class Rewriting {

    private final Struct target;

    /// `target` are the columns, as a struct.
    Rewriting(Struct target) {
        this.target = target;
    }

    /// Whether records of this shape have to be written anew for `target`.
    static boolean isNeeded(Struct target, ObjectShape shape) {
        return shape.fields().stream().anyMatch(field -> isNeeded(target, field));
    }

    private static boolean isNeeded(Struct target, ObjectShape.FieldShape field) {
        Optional<Field> column = target.field(field.name());
        return column.isPresent()
                && (field.respelled()
                        || !column.get().name().equals(field.name())
                        || isNeeded(column.get().type(), field.shape()));
    }

    private static boolean isNeeded(ColumnType type, Shape shape) {
        return switch (type) {
            case Struct struct -> shape.kinds().intersects(Kinds.OBJECTS) && isNeeded(struct, shape.objects());
            case ListOf list -> shape.kinds().intersects(Kinds.ARRAYS) && isNeeded(list.element(), shape.elements());
            case Scalar scalar -> scalar == Scalar.VARCHAR && shape.kinds().intersects(Kinds.FLOATS);
            case ColumnType.Foreign foreign -> false;
        };
    }

    /// Copies the record whose first token is the parser's current one.
    void copy(JsonParser from, JsonGenerator to) throws IOException {
        copy(from, to, target);
    }

    private void copy(JsonParser from, JsonGenerator to, ColumnType type) throws IOException {
        JsonToken token = from.currentToken();
        if (token == JsonToken.START_OBJECT && type instanceof Struct struct) {
            copyObject(from, to, struct);
        } else if (token == JsonToken.START_ARRAY && type instanceof ListOf list) {
            copyArray(from, to, list);
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && type == Scalar.VARCHAR) {
            to.writeString(from.getText());
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            to.writeNumber(from.getText());
        } else {
            copyVerbatim(from, to);
        }
    }

    private static void copyVerbatim(JsonParser from, JsonGenerator to) throws IOException {
        if (from.currentToken().isStructStart()) {
            to.copyCurrentStructureExact(from);
        } else {
            to.copyCurrentEventExact(from);
        }
    }

    private void copyObject(JsonParser from, JsonGenerator to, Struct struct) throws IOException {
        Map<String, Field> fields = struct.fields().stream()
                .collect(Collectors.toMap(field -> ObjectShape.fold(field.name()), Function.identity()));
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
            Field field = fields.get(ObjectShape.fold(from.currentName()));
            from.nextToken();
            if (field == null) {
                from.skipChildren();
                continue;
            }
            to.writeFieldName(field.name());
            copy(from, to, field.type());
        }
        to.writeEndObject();
    }

    private void copyArray(JsonParser from, JsonGenerator to, ListOf list) throws IOException {
        to.writeStartArray();
        while (from.nextToken() != JsonToken.END_ARRAY) {
            copy(from, to, list.element());
        }
        to.writeEndArray();
    }
}
