package io.duckfleet.coordinator.trino;

import io.duckfleet.common.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One of Trino's types: its name without what stands in parentheses (`timestamp with time zone`), and the
/// parts of these: numbers of `decimal(9, 2)`, the types of arrays, maps and rows.
record TrinoType(String name, List<Part> parts) {

    private static final Pattern NAMED = Pattern.compile("\"((?:[^\"]|\"\")+)\" (.+)", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile(
            "(?:(.*?) )??(interval \\S+ to \\S+|[^\\s(]+(?:\\(.*\\))?(?: with time zone)?)", Pattern.DOTALL);

    /// A part; the members of a row have a name, or are called by their position.
    record Part(String name, TrinoType type) {}

    TrinoType {
        parts = List.copyOf(parts);
    }

    /// The type that Trino's driver calls so, such as `array(row("a" bigint))` or `timestamp(3) with time
    /// zone`.
    static TrinoType of(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new TrinoType(text.strip().toLowerCase(Locale.ROOT), List.of());
        }
        int close = text.lastIndexOf(')');
        String name =
                text.substring(0, open).strip() + text.substring(close + 1).stripTrailing();
        List<String> arguments = split(text.substring(open + 1, close));
        List<Part> parts = new ArrayList<>();
        for (String argument : arguments) {
            parts.add(part(argument, "field" + parts.size()));
        }
        return new TrinoType(name.toLowerCase(Locale.ROOT), parts);
    }

    /// Trino's driver doesn't quote names, though they may have blanks: the type is what stands last.
    private static Part part(String text, String standard) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return new Part(named.group(1).replace("\"\"", "\""), of(named.group(2)));
        }
        Matcher bare = BARE.matcher(text);
        return bare.matches() && bare.group(1) != null
                ? new Part(bare.group(1), of(bare.group(2)))
                : new Part(standard, of(text));
    }

    /// What stands between commas that are in no parentheses and no quotes.
    private static List<String> split(String arguments) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < arguments.length(); at++) {
            char c = arguments.charAt(at);
            quoted ^= c == '"';
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            if (c == ',' && depth == 0 && !quoted) {
                found.add(arguments.substring(from, at).strip());
                from = at + 1;
            }
        }
        found.add(arguments.substring(from).strip());
        return found;
    }

    /// Whether values have parts, which travel as JSON.
    boolean isNested() {
        return name.equals("array") || name.equals("map") || name.equals("row");
    }

    boolean isBinary() {
        return name.equals("varbinary");
    }

    /// The type of the part at `index`.
    TrinoType at(int index) {
        return parts.get(index).type();
    }

    /// The type of DuckDB that has these values; those without one are texts.
    String inDuckDb() {
        return switch (name) {
            case "boolean" -> "BOOLEAN";
            case "tinyint" -> "TINYINT";
            case "smallint" -> "SMALLINT";
            case "integer" -> "INTEGER";
            case "bigint" -> "BIGINT";
            case "real" -> "FLOAT";
            case "double" -> "DOUBLE";
            case "decimal" ->
                "DECIMAL(%s)"
                        .formatted(
                                parts.stream().map(part -> part.type().name()).collect(Collectors.joining(", ")));
            case "date" -> "DATE";
            case "time" -> "TIME";
            case "timestamp" -> "TIMESTAMP";
            case "timestamp with time zone" -> "TIMESTAMPTZ";
            case "uuid" -> "UUID";
            case "varbinary" -> "BLOB";
            case "json" -> "JSON";
            case "array" -> at(0).within() + "[]";
            case "map" -> "MAP(VARCHAR, %s)".formatted(at(1).within());
            case "row" ->
                parts.stream()
                        .map(part -> Identifiers.quote(part.name()) + " "
                                + part.type().within())
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> "VARCHAR";
        };
    }

    /// The type as a part of another: bytes are base64 texts there.
    private String within() {
        return isBinary() ? "VARCHAR" : inDuckDb();
    }
}
