package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A column, or a field of a nested one: how SQL says it, and DuckDB's name of its type.
record Field(String expression, String type) {

    static Field of(Column column) {
        return new Field(column.quoted(), column.type());
    }

    /// The field that a caller calls `path` in the parameter `parameter`: a column's name, or one with the
    /// fields of structs behind it (`metadata.ip_address`); names compare without case.
    ///
    /// @throws FleetException `invalid_request` if there is none
    static Field named(List<Column> columns, String path, String parameter) {
        return find(columns, path).orElseThrow(() -> {
            List<String> names = columns.stream().map(Column::name).toList();
            return FleetException.invalid(
                    parameter,
                    "there is no column \"%s\"%s"
                            .formatted(path, Suggestions.near(path, names).didYouMean()));
        });
    }

    /// The field of that path, if there is one.
    static Optional<Field> find(List<Column> columns, String path) {
        return columns.stream()
                .flatMap(column -> of(column).below(column.name(), path).stream())
                .findFirst();
    }

    private Optional<Field> below(String name, String path) {
        if (name.equalsIgnoreCase(path)) {
            return Optional.of(this);
        }
        boolean continues = path.length() > name.length() + 1
                && path.charAt(name.length()) == '.'
                && path.regionMatches(true, 0, name, 0, name.length());
        if (!continues) {
            return Optional.empty();
        }
        String rest = path.substring(name.length() + 1);
        return StructType.members(type).stream()
                .flatMap(member -> member(member).below(member.name(), rest).stream())
                .findFirst();
    }

    /// The fields that hold its values: itself, or a struct's fields, however deep.
    Stream<Field> leaves() {
        List<Column> members = StructType.members(type);
        return members.isEmpty()
                ? Stream.of(this)
                : members.stream().flatMap(member -> member(member).leaves());
    }

    private Field member(Column member) {
        return new Field("(%s).%s".formatted(expression, Identifiers.quote(member.name())), member.type());
    }
}
