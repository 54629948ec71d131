package io.duckfleet.coordinator.plan;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells of a column that isn't there as DuckDB does where it knows the tables: over views it calls them
/// `Values list`, and suggests nothing, nor does it for USING.
final class MissingColumn {

    private static final Pattern IN_VIEW = Pattern.compile(
            "Values list \"(?<table>.+)\" does not have a column named \"(?<column>.+)\".*", Pattern.DOTALL);

    private static final Pattern IN_USING = Pattern.compile(
            "Column \"(?<column>.+)\" does not exist on (?<side>left|right) side of join!.*", Pattern.DOTALL);

    private MissingColumn() {}

    /// The error in these words, if it is such a one.
    static FleetException told(FleetException error, List<TableShape> tables) {
        Matcher inView = IN_VIEW.matcher(error.detail());
        if (inView.matches()) {
            String column = inView.group("column");
            return unknown(
                    error, "\"%s\" has no column \"%s\"".formatted(inView.group("table"), column), column, tables);
        }
        Matcher inUsing = IN_USING.matcher(error.detail());
        if (inUsing.matches()) {
            String column = inUsing.group("column");
            String side = inUsing.group("side");
            return unknown(
                    error, "the %s side of the join has no column \"%s\"".formatted(side, column), column, tables);
        }
        return error;
    }

    private static FleetException unknown(FleetException error, String found, String column, List<TableShape> tables) {
        List<String> columns = tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(Column::name)
                .distinct()
                .toList();
        FleetException unknown = new FleetException(
                ErrorCode.UNKNOWN_COLUMN,
                found + Suggestions.near(column, columns).didYouMean(),
                error);
        for (Map.Entry<String, Object> extension : error.extensions().entrySet()) {
            unknown = unknown.with(extension.getKey(), extension.getValue());
        }
        return unknown;
    }
}
