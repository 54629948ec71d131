package io.duckfleet.datanode.parse;

import java.util.List;

/// The form of a file that can be parsed: one delimiter, a quote that escapes itself (or none), lines that
/// end with `\n` or with `\r\n`, and columns of the types that are known here.
///
/// @param quote the quote, or a negative number where there is none
public record PlainForm(byte delimiter, int quote, boolean endsWithCarriageReturn, List<PlainColumn> columns) {

    public PlainForm {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a file has a column at least");
        }
    }

    /// A column's name, and how its values are written.
    public record PlainColumn(String name, PlainType type) {}
}
