package io.duckfleet.coordinator.record;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;

/// A column, or a field of a nested one: how SQL says it, and DuckDB's name of its type.
record Field(String expression, String type) {

    static Field of(Column column) {
        return new Field(column.quoted(), column.type());
    }

    /// One of its own fields, where it is a struct.
    Field member(Column member) {
        return new Field("(%s).%s".formatted(expression, Identifiers.quote(member.name())), member.type());
    }
}
