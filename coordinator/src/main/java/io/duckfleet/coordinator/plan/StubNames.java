package io.duckfleet.coordinator.plan;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of stub tables and of their columns. They are ours alone: never quoted, never a prefix of one
/// another, and with a random part that no statement can hold, so that what EXPLAIN prints can't be mistaken
/// (docs/decisions/002).
final class StubNames {

    private static final int RANDOM_BYTES = 8;

    private final String mark;
    private final List<TableShape> tables;
    private final Pattern columnName;

    StubNames(List<TableShape> tables) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        this.mark = HexFormat.of().formatHex(random);
        this.tables = List.copyOf(tables);
        this.columnName = Pattern.compile("c" + mark + "_(\\d+)_(\\d+)");
    }

    String ofTable(int table) {
        return "t%s_%d".formatted(mark, table);
    }

    String ofColumn(int table, int column) {
        return "c%s_%d_%d".formatted(mark, table, column);
    }

    /// The stub's name of `table`, if it has one.
    Optional<String> ofTable(TableShape table) {
        int index = tables.indexOf(table);
        return index < 0 ? Optional.empty() : Optional.of(ofTable(index));
    }

    /// The stub's name of the table's column, if there is such a table.
    Optional<String> ofColumn(TableShape table, Column column) {
        int index = tables.indexOf(table);
        return index < 0 || !table.columns().contains(column)
                ? Optional.empty()
                : Optional.of(ofColumn(index, table.columns().indexOf(column)));
    }

    /// The columns that a text of EXPLAIN mentions anywhere.
    List<Column> columnsIn(String text) {
        Matcher matcher = columnName.matcher(text);
        List<Column> columns = new ArrayList<>();
        while (matcher.find()) {
            columns.add(column(matcher));
        }
        return columns;
    }

    /// The column that `name` stands for, which may be followed by struct fields (`name.field`): then it is
    /// the whole column.
    Optional<Column> columnOf(String name) {
        int dot = name.indexOf('.');
        Matcher matcher = columnName.matcher(dot < 0 ? name : name.substring(0, dot));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(column(matcher));
    }

    private Column column(Matcher matcher) {
        TableShape table = tables.get(Integer.parseInt(matcher.group(1)));
        return table.columns().get(Integer.parseInt(matcher.group(2)));
    }
}
