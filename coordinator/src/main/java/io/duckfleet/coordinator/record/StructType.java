package io.duckfleet.coordinator.record;

import io.duckfleet.coordinator.plan.Column;
import java.util.ArrayList;
import java.util.List;

/// Takes DuckDB's name of a struct's type apart, such as `STRUCT(a INTEGER, "b c" VARCHAR[])`.
final class StructType {

    private static final String PREFIX = "STRUCT(";

    private final String type;
    private int position;

    private StructType(String type) {
        this.type = type;
        this.position = PREFIX.length();
    }

    /// The members in order; none for a type that is no struct.
    static List<Column> members(String type) {
        boolean isStruct = type.startsWith(PREFIX) && type.endsWith(")");
        return isStruct ? new StructType(type).read() : List.of();
    }

    private List<Column> read() {
        List<Column> members = new ArrayList<>();
        while (position < type.length()) {
            String name = name();
            position++;
            members.add(new Column(name, memberType()));
            position += 2;
        }
        return List.copyOf(members);
    }

    private String name() {
        int start = position;
        if (type.charAt(start) != '"') {
            position = type.indexOf(' ', start);
            return type.substring(start, position);
        }
        skipQuoted();
        return type.substring(start + 1, position - 1).replace("\"\"", "\"");
    }

    /// Up to the comma that ends it, or to the struct's own parenthesis.
    private String memberType() {
        int start = position;
        int depth = 0;
        while (position < type.length()) {
            char next = type.charAt(position);
            if (next == '"' || next == '\'') {
                skipQuoted();
                continue;
            }
            if (depth == 0 && (next == ',' || next == ')')) {
                break;
            }
            depth += next == '(' ? 1 : 0;
            depth -= next == ')' ? 1 : 0;
            position++;
        }
        return type.substring(start, position);
    }

    /// Past the quotes; one that stands there twice is no end.
    private void skipQuoted() {
        char quote = type.charAt(position);
        position++;
        while (position < type.length()) {
            boolean ends = type.charAt(position) == quote;
            position++;
            if (ends && (position == type.length() || type.charAt(position) != quote)) {
                return;
            }
            position += ends ? 1 : 0;
        }
    }
}
