package io.duckfleet.common.sql;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.Locale;
import java.util.regex.Pattern;

/// A table's name as users write it: a letter or underscore, then letters, digits or underscores, at most 64,
/// no reserved word of SQL. Names compare without case.
public record TableName(String text) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    /// Checks the name.
    ///
    /// @throws FleetException `invalid_name` if `text` is not a table's name
    public TableName {
        if (!SHAPE.matcher(text).matches()) {
            throw new FleetException(
                    ErrorCode.INVALID_NAME,
                    "\"%s\" is no table name: letters, digits and underscores were expected, not starting with a digit, at most 64"
                            .formatted(text));
        }
        if (ReservedWords.contains(text)) {
            throw new FleetException(
                    ErrorCode.INVALID_NAME,
                    "\"%s\" is no table name: it is a reserved word of SQL; take another, such as \"%s_\""
                            .formatted(text, text));
        }
    }

    /// The name with quotes, for SQL.
    public String quoted() {
        return Identifiers.quote(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableName that && text.equalsIgnoreCase(that.text);
    }

    @Override
    public int hashCode() {
        return text.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
