package io.duckfleet.coordinator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random tables: their columns, and the statements that make and fill them.
final class RandomTables {

    /// A column and its type.
    record Field(String name, RandomType type) {}

    /// A table, or a CTE, and its columns.
    record Relation(String name, List<Field> fields) {}

    private static final List<String> NAMES = List.of("items", "Orders", "t", "select", "people");
    private static final List<String> COLUMNS = List.of("we ird", "st.a", "Name", "x\"y", "c0", "rowid2", "größe", "a");
    private static final int MOST_ROWS = 40;

    private final Dice dice;

    RandomTables(Dice dice) {
        this.dice = dice;
    }

    /// One to five tables; some of their names and of their columns' names need quotes or are easily
    /// confused. Each has `id` and `k`, which joins meet on.
    List<Relation> schema() {
        return IntStream.range(0, 1 + dice.below(NAMES.size()))
                .mapToObj(i -> new Relation(NAMES.get(i), fields()))
                .toList();
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", RandomType.BIGINT));
        fields.add(new Field("k", dice.pick(List.of(RandomType.BIGINT, RandomType.INTEGER, RandomType.VARCHAR))));
        int more = dice.below(COLUMNS.size());
        for (int i = 0; i < more; i++) {
            fields.add(new Field(COLUMNS.get(i), dice.pick(List.of(RandomType.values()))));
        }
        return fields;
    }

    /// The statements that make the tables, with up to 40 rows, none included.
    List<String> statements(List<Relation> tables) {
        List<String> statements = new ArrayList<>();
        for (Relation table : tables) {
            String columns = table.fields().stream()
                    .map(field -> Dice.quoted(field.name()) + " " + field.type().sql())
                    .collect(Collectors.joining(", "));
            statements.add("CREATE TABLE %s (%s)".formatted(Dice.quoted(table.name()), columns));
            int rows = dice.below(MOST_ROWS);
            for (int i = 0; i < rows; i++) {
                statements.add("INSERT INTO %s VALUES (%s)".formatted(Dice.quoted(table.name()), row(table)));
            }
        }
        return statements;
    }

    private String row(Relation table) {
        return table.fields().stream()
                .map(field -> dice.oneIn(4) ? "NULL" : field.type().value(dice))
                .collect(Collectors.joining(", "));
    }
}
