package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.datanode.table.LoadedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Some columns (none given: all) and some rows of the table, in the order of the file.
public record Projection(List<String> columns, OptionalLong limit, long offset) {

    public Projection {
        columns = List.copyOf(columns);
    }

    /// The projection of a request's parameters: `columns` with commas between, `limit` and `offset` from 0.
    ///
    /// @throws FleetException `invalid_request` that lists what is wrong
    static Projection parse(Optional<String> columns, Optional<String> limit, Optional<String> offset) {
        List<FieldError> errors = new ArrayList<>();
        OptionalLong rows = count("limit", limit, errors);
        OptionalLong skipped = count("offset", offset, errors);
        if (!errors.isEmpty()) {
            throw FleetException.invalid(errors);
        }
        return new Projection(names(columns), rows, skipped.orElse(0));
    }

    /// The projection as SQL.
    ///
    /// @throws FleetException `invalid_request` if the table has no such column
    String toSql(LoadedTable table) {
        columns.forEach(column -> requireColumn(column, table.columnNames()));
        return "SELECT %s FROM %s%s OFFSET %d"
                .formatted(
                        columns.isEmpty() ? "*" : Identifiers.quoteAll(columns),
                        table.name().quoted(),
                        limit.isPresent() ? " LIMIT " + limit.getAsLong() : "",
                        offset);
    }

    private static List<String> names(Optional<String> columns) {
        return columns.map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    private static OptionalLong count(String field, Optional<String> text, List<FieldError> errors) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text.get().strip());
            if (number >= 0) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            // Told below, as a negative number is.
        }
        errors.add(new FieldError(field, "is \"%s\"; an integer from 0 was expected".formatted(text.get())));
        return OptionalLong.empty();
    }

    private static void requireColumn(String column, List<String> known) {
        if (known.stream().noneMatch(column::equalsIgnoreCase)) {
            throw FleetException.invalid(
                    "columns",
                    "\"%s\" is no column of the table%s"
                            .formatted(column, Suggestions.near(column, known).didYouMean()));
        }
    }
}
