package io.duckfleet.sidecar.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// The Iceberg columns of a table, with DuckLake's ids; `leftOut` tells which columns aren't there, and why.
record MirrorSchema(Schema schema, List<String> leftOut) {

    MirrorSchema {
        leftOut = List.copyOf(leftOut);
    }

    /// @throws UnmirrorableException if no column is left, or one spoils the files
    static MirrorSchema of(List<LakeColumn> columns) {
        Conversion conversion = new Conversion(columns);
        List<Types.NestedField> fields = conversion.fields(
                columns.stream().filter(column -> column.parent().isEmpty()).toList());
        if (fields.isEmpty()) {
            throw new UnmirrorableException("none of its columns has a type that Iceberg has");
        }
        return new MirrorSchema(new Schema(fields), conversion.leftOut);
    }

    private static final class Conversion {

        private final List<LakeColumn> columns;
        private final List<String> leftOut = new ArrayList<>();

        Conversion(List<LakeColumn> columns) {
            this.columns = columns;
        }

        List<Types.NestedField> fields(List<LakeColumn> wanted) {
            List<Types.NestedField> fields = new ArrayList<>();
            for (LakeColumn column : wanted) {
                if (column.withDefault()) {
                    leftOut.add("%s: rows that are older than it have its default in no file".formatted(column.name()));
                    continue;
                }
                Optional<Type> type = type(column);
                if (type.isPresent()) {
                    fields.add(Types.NestedField.optional(column.id(), column.name(), type.get()));
                } else {
                    leftOut.add("%s: its type %s isn't read rightly by others".formatted(column.name(), column.type()));
                }
            }
            return fields;
        }

        private Optional<Type> type(LakeColumn column) {
            List<LakeColumn> within = columns.stream()
                    .filter(other ->
                            other.parent().isPresent() && other.parent().getAsInt() == column.id())
                    .toList();
            return switch (column.type()) {
                case "struct" -> {
                    List<Types.NestedField> fields = fields(within);
                    yield fields.isEmpty() ? Optional.empty() : Optional.of(Types.StructType.of(fields));
                }
                case "list" ->
                    type(within.getFirst())
                            .map(element ->
                                    Types.ListType.ofOptional(within.getFirst().id(), element));
                case "map" -> map(within.getFirst(), within.getLast());
                default -> MirrorTypes.of(column.type());
            };
        }

        private Optional<Type> map(LakeColumn key, LakeColumn value) {
            Optional<Type> keys = type(key);
            Optional<Type> values = type(value);
            return keys.isPresent() && values.isPresent()
                    ? Optional.of(Types.MapType.ofOptional(key.id(), value.id(), keys.get(), values.get()))
                    : Optional.empty();
        }
    }
}
