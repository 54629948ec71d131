package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.http.QueryParameters;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.LoadedTables;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Some columns (none given: all) and some rows of one table (none given: the first), in the order of the
/// file.
public record Projection(Optional<String> table, List<String> columns, Optional<Long> limit, long offset) {

    public Projection {
        columns = List.copyOf(columns);
    }

    /// The projection of a request's parameters: `table`, `columns` with commas between, `limit` and `offset`
    /// from 0.
    ///
    /// @throws FleetException `invalid_request` that lists what is wrong
    static Projection parse(
            Optional<String> table, Optional<String> columns, Optional<String> limit, Optional<String> offset) {
        QueryParameters parameters = new QueryParameters();
        Optional<Long> rows = parameters.read("limit", limit, 0, Long.MAX_VALUE);
        Optional<Long> skipped = parameters.read("offset", offset, 0, Long.MAX_VALUE);
        parameters.requireValid();
        return new Projection(table, names(columns), rows, skipped.orElse(0L));
    }

    /// The projection as SQL.
    ///
    /// @throws FleetException `invalid_request` if there is no such table, or it has no such column
    String toSql(LoadedTables tables) {
        LoadedTable table = tables.named(this.table);
        columns.forEach(column -> requireColumn(column, table.columnNames()));
        return "SELECT %s FROM %s%s OFFSET %d"
                .formatted(
                        columns.isEmpty() ? "*" : Identifiers.quoteAll(columns),
                        table.name().quoted(),
                        limit.map(rows -> " LIMIT " + rows).orElse(""),
                        offset);
    }

    private static List<String> names(Optional<String> columns) {
        return columns.map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
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
