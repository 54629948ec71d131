package io.duckfleet.coordinator.lake;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// All of the lake's tables as one: united by their columns' names, without case, with the table's name in a
/// column `_table`. A column has the widest of its types ([WidestType]); every table's part is cast to it
/// explicitly, as DuckDB's own `UNION BY NAME` fails where types conflict. An empty lake's has no rows.
public final class AllRecords {

    /// Its name in SQL.
    public static final String NAME = "all_records";

    private static final String TABLE_COLUMN = "_table";

    /// What every table of the sidecar's has.
    private static final List<Column> OF_ALL = List.of(
            new Column("partition_date", "DATE"),
            new Column("ingested_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("record_id", "VARCHAR"));

    private final List<TableShape> tables;
    private final TableShape shape;

    private AllRecords(List<TableShape> tables, TableShape shape) {
        this.tables = List.copyOf(tables);
        this.shape = shape;
    }

    /// All records of `tables`, which are the lake's.
    public static AllRecords of(List<TableShape> tables) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        Map<String, Set<String>> types = new LinkedHashMap<>();
        for (TableShape table : tables) {
            for (Column column : table.columns()) {
                String key = key(column.name());
                names.putIfAbsent(key, nameOf(column));
                types.computeIfAbsent(key, first -> new LinkedHashSet<>()).add(column.type());
            }
        }
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(TABLE_COLUMN, "VARCHAR"));
        names.forEach((key, name) -> columns.add(new Column(name, WidestType.of(types.getOrDefault(key, Set.of())))));
        if (tables.isEmpty()) {
            columns.addAll(OF_ALL);
        }
        return new AllRecords(tables, new TableShape(NAME, Home.LAKE, columns, ""));
    }

    /// Whether no table of the lake has the name itself.
    public boolean isFree() {
        return tables.stream().noneMatch(table -> table.name().equalsIgnoreCase(NAME));
    }

    /// What a statement sees of it.
    public TableShape shape() {
        return shape;
    }

    List<TableShape> tables() {
        return tables;
    }

    /// The statement that makes it a temp view of the session.
    public String createView() {
        return "CREATE OR REPLACE TEMP VIEW %s AS\n%s".formatted(Identifiers.quote(NAME), sql(UnreadFiles.NONE));
    }

    /// The statement whose rows it is, but for the records of files that needn't be read.
    String sql(UnreadFiles unread) {
        return tables.isEmpty()
                ? nothing()
                : tables.stream().map(table -> part(table, unread)).collect(Collectors.joining("\nUNION ALL\n"));
    }

    private String nothing() {
        return shape.columns().stream()
                .map(column -> "NULL::%s AS %s".formatted(column.type(), column.quoted()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    private String part(TableShape table, UnreadFiles unread) {
        Map<String, Column> own = table.columns().stream()
                .collect(Collectors.toMap(column -> key(nameOf(column)), column -> column, (first, second) -> first));
        StringJoiner projections = new StringJoiner(", ");
        for (Column column : shape.columns()) {
            String expression =
                    column.name().equals(TABLE_COLUMN) ? Identifiers.literal(table.name()) : expression(own, column);
            projections.add(expression + " AS " + column.quoted());
        }
        return "SELECT %s FROM %s".formatted(projections, unread.rest(table));
    }

    private static String expression(Map<String, Column> own, Column wanted) {
        Column column = own.get(key(wanted.name()));
        if (column == null) {
            return "NULL::" + wanted.type();
        }
        if (column.type().equals(wanted.type())) {
            return column.quoted();
        }
        return wanted.type().equals(WidestType.JSON)
                ? "to_json(%s)".formatted(column.quoted())
                : "CAST(%s AS %s)".formatted(column.quoted(), wanted.type());
    }

    /// A record's own field of the name gets another one.
    private static String nameOf(Column column) {
        return column.name().equalsIgnoreCase(TABLE_COLUMN) ? TABLE_COLUMN + "_1" : column.name();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
