package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads types as DuckDB prints them, such as `STRUCT(a BIGINT, "b c" VARCHAR[])`.
public final class ColumnTypes {

    private static final String STRUCT = "STRUCT(";

    private final String text;
    private int at;

    private ColumnTypes(String text) {
        this.text = text;
    }

    /// The type that `text` names; what the sidecar doesn't make is [Foreign].
    public static ColumnType parse(String text) {
        ColumnTypes reader = new ColumnTypes(text);
        ColumnType type = reader.type();
        return reader.at == text.length() ? type : new Foreign(text);
    }

    private ColumnType type() {
        ColumnType type = text.startsWith(STRUCT, at) ? struct() : named();
        while (text.startsWith("[]", at)) {
            at += 2;
            type = new ListOf(type);
        }
        return type;
    }

    private ColumnType struct() {
        at += STRUCT.length();
        List<Field> fields = new ArrayList<>();
        while (true) {
            String name = name();
            at++;
            fields.add(new Field(name, type()));
            if (at >= text.length() || text.charAt(at) == ')') {
                at++;
                return new Struct(fields);
            }
            at += ", ".length();
        }
    }

    private String name() {
        if (text.charAt(at) != '"') {
            int start = at;
            at = text.indexOf(' ', at);
            return text.substring(start, at);
        }
        StringBuilder name = new StringBuilder();
        for (at++; text.charAt(at) != '"' || text.startsWith("\"\"", at); at++) {
            if (text.charAt(at) == '"') {
                at++;
            }
            name.append(text.charAt(at));
        }
        at++;
        return name.toString();
    }

    /// Up to the next `,`, `)` or `[` that isn't in parentheses or quotes.
    private ColumnType named() {
        int start = at;
        int depth = 0;
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                quoted = !quoted;
            } else if (!quoted && depth == 0 && (c == ',' || c == ')' || c == '[')) {
                break;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            at++;
        }
        String name = text.substring(start, at);
        return scalar(name).<ColumnType>map(type -> type).orElseGet(() -> new Foreign(name));
    }

    private static Optional<Scalar> scalar(String name) {
        return Arrays.stream(Scalar.values())
                .filter(type -> type.sql().equals(name))
                .findFirst();
    }
}
