package io.duckfleet.common.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/// The one place where a name becomes SQL. Values never do: they travel as parameters.
public final class Identifiers {

    private Identifiers() {}

    /// The name as a quoted identifier, whatever characters it has.
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// The names as quoted identifiers with commas between.
    public static String quoteAll(Collection<String> names) {
        return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }

    /// The text as a string literal, for the few statements of DuckDB that take no parameters (settings,
    /// paths that we made ourselves).
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
