package io.duckfleet.coordinator.record;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.coordinator.plan.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds fields of columns, also within structs, which DuckDB takes apart. Thread-safe.
public final class Fields {

    private final DuckDb parser;

    /// `parser` is any instance, for reading types.
    public Fields(DuckDb parser) {
        this.parser = parser;
    }

    /// The field that a caller calls `path` in the parameter `parameter`: a column's name, or one with the
    /// fields of structs behind it (`metadata.ip_address`); names compare without case.
    ///
    /// @throws FleetException `invalid_request` if there is none
    Field named(List<Column> columns, String path, String parameter) {
        return find(columns, path).orElseThrow(() -> {
            List<String> names = columns.stream().map(Column::name).toList();
            return FleetException.invalid(
                    parameter,
                    "there is no column \"%s\"%s"
                            .formatted(path, Suggestions.near(path, names).didYouMean()));
        });
    }

    /// The field of that path, if there is one.
    Optional<Field> find(List<Column> columns, String path) {
        return columns.stream()
                .flatMap(column -> below(Field.of(column), column.name(), path).stream())
                .findFirst();
    }

    private Optional<Field> below(Field field, String name, String path) {
        if (name.equalsIgnoreCase(path)) {
            return Optional.of(field);
        }
        boolean continues = path.length() > name.length() + 1
                && path.charAt(name.length()) == '.'
                && path.regionMatches(true, 0, name, 0, name.length());
        if (!continues) {
            return Optional.empty();
        }
        String rest = path.substring(name.length() + 1);
        return members(field.type()).stream()
                .flatMap(member -> below(field.member(member), member.name(), rest).stream())
                .findFirst();
    }

    /// The fields that hold a field's values: itself, or a struct's fields, however deep.
    Stream<Field> leaves(Field field) {
        List<Column> members = members(field.type());
        return members.isEmpty() ? Stream.of(field) : members.stream().flatMap(member -> leaves(field.member(member)));
    }

    /// The members of a struct's type in order; none of a type that is no struct. `type` is DuckDB's name
    /// of a column's type.
    List<Column> members(String type) {
        if (!type.startsWith("STRUCT(") || !type.endsWith(")")) {
            return List.of();
        }
        return parser.withSession(session ->
                session.query("DESCRIBE SELECT unnest(CAST(NULL AS %s))".formatted(type), rows -> {
                    List<Column> members = new ArrayList<>();
                    while (rows.next()) {
                        members.add(new Column(rows.getString(1), rows.getString(2)));
                    }
                    return List.copyOf(members);
                }));
    }
}
