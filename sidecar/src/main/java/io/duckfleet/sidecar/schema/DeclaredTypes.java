package io.duckfleet.sidecar.schema;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads columns that callers declare. Only types that every reader of the lake can read are taken; other
/// names of the same are understood.
public final class DeclaredTypes {

    private static final Map<String, Scalar> NAMES = names();

    private DeclaredTypes() {}

    private static Map<String, Scalar> names() {
        Map<String, Scalar> names = new HashMap<>();
        for (Scalar type : Scalar.values()) {
            names.put(type.sql(), type);
            names.put(type.name(), type);
        }
        Set.of("INT", "INTEGER", "SMALLINT", "TINYINT", "INT8", "INT64", "LONG")
                .forEach(name -> names.put(name, Scalar.BIGINT));
        Set.of("FLOAT", "REAL", "FLOAT8", "DOUBLE PRECISION").forEach(name -> names.put(name, Scalar.DOUBLE));
        Set.of("TEXT", "STRING").forEach(name -> names.put(name, Scalar.VARCHAR));
        names.put("BOOL", Scalar.BOOLEAN);
        names.put("DATETIME", Scalar.TIMESTAMP);
        return Map.copyOf(names);
    }

    /// A declared column.
    ///
    /// @throws FleetException `invalid_request` if the name can't be a field's, or the type none that is
    /// taken
    public static Column column(String name, String type) {
        try {
            FieldNames.check(name);
        } catch (RecordProblem problem) {
            throw FleetException.invalid("column_name", problem.reason());
        }
        if (ReservedFields.contains(name)) {
            throw FleetException.invalid(
                    "column_name", "every table has \"%s\" already; it isn't declared".formatted(name));
        }
        return new Column(name, typeOf(name, type), true);
    }

    private static ColumnType typeOf(String name, String text) {
        ColumnType type;
        try {
            type = normal(ColumnTypes.parse(text.strip()));
        } catch (IndexOutOfBoundsException e) {
            type = new Foreign(text);
        }
        if (!isServed(type)) {
            throw FleetException.invalid(
                    "column_type",
                    "\"%s\" of column \"%s\" is no type that is served; BOOLEAN, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ, JSON, STRUCT(name type, ..) or type[] was expected"
                            .formatted(text, name));
        }
        return type;
    }

    private static ColumnType normal(ColumnType type) {
        return switch (type) {
            case Scalar scalar -> scalar;
            case ListOf list -> new ListOf(normal(list.element()));
            case Struct struct ->
                new Struct(struct.fields().stream()
                        .map(field -> new ColumnType.Field(field.name(), normal(field.type())))
                        .toList());
            case Foreign foreign -> {
                Scalar known = NAMES.get(foreign.sql().strip().toUpperCase(Locale.ROOT));
                yield known == null ? foreign : known;
            }
        };
    }

    private static boolean isServed(ColumnType type) {
        return switch (type) {
            case Scalar scalar -> true;
            case ListOf list -> isServed(list.element());
            case Struct struct -> {
                Set<String> names = new HashSet<>();
                yield !struct.fields().isEmpty()
                        && struct.fields().stream()
                                .allMatch(field -> !field.name().isEmpty()
                                        && names.add(ObjectShape.fold(field.name()))
                                        && isServed(field.type()));
            }
            case Foreign foreign -> false;
        };
    }
}
