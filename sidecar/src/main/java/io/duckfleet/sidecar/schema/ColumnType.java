package io.duckfleet.sidecar.schema;

import io.duckfleet.common.sql.Identifiers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The type of a lake column, as far as the sidecar makes and fills it. Only types that every reader of the
/// lake can read are made.
public sealed interface ColumnType {

    /// The type as SQL.
    String sql();

    /// A type without parts.
    enum Scalar implements ColumnType {
        BOOLEAN("BOOLEAN"),
        BIGINT("BIGINT"),
        DOUBLE("DOUBLE"),
        VARCHAR("VARCHAR"),
        DATE("DATE"),
        TIMESTAMP("TIMESTAMP"),
        TIMESTAMPTZ("TIMESTAMP WITH TIME ZONE"),
        JSON("JSON");

        private final String sql;

        Scalar(String sql) {
            this.sql = sql;
        }

        @Override
        public String sql() {
            return sql;
        }
    }

    /// An object with known fields, at least one.
    record Struct(List<Field> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(field ->
                            Identifiers.quote(field.name()) + " " + field.type().sql())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }

        Optional<Field> field(String name) {
            String folded = ObjectShape.fold(name);
            return fields.stream()
                    .filter(field -> ObjectShape.fold(field.name()).equals(folded))
                    .findFirst();
        }
    }

    /// A named part of a [Struct].
    record Field(String name, ColumnType type) {}

    /// An array of elements of one type.
    record ListOf(ColumnType element) implements ColumnType {
        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    /// A type that another program gave the column; the sidecar leaves it as it is and puts nothing but
    /// null in.
    record Foreign(String sql) implements ColumnType {}
}
