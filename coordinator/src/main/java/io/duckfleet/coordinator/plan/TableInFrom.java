package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// A table in a FROM clause, and the name that it has there.
record TableInFrom(TableShape table, String alias) {

    /// What `from` is in DuckDB's tree, if it is the table as it stands: all of its columns under their own
    /// names.
    static Optional<TableInFrom> of(JsonNode from, TableShape table) {
        boolean isPlain = from.path("type").asText().equals("BASE_TABLE")
                && from.path("column_name_alias").isEmpty()
                && isNothing(from.path("sample"))
                && isNothing(from.path("at_clause"));
        String alias = from.path("alias").asText();
        String name = alias.isEmpty() ? from.path("table_name").asText() : alias;
        return isPlain ? Optional.of(new TableInFrom(table, name)) : Optional.empty();
    }

    /// What `from` is in DuckDB's tree, if it is one of `tables`, named without a schema, as it stands.
    static Optional<TableInFrom> of(JsonNode from, List<TableShape> tables) {
        boolean isBare = from.path("catalog_name").asText().isEmpty()
                && from.path("schema_name").asText().isEmpty();
        return tables.stream()
                .filter(table -> isBare
                        && table.name().equalsIgnoreCase(from.path("table_name").asText()))
                .findFirst()
                .flatMap(table -> of(from, table));
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /// The column of the table that an expression is, and nothing else.
    Optional<Column> columnOf(JsonNode expression) {
        JsonNode names = expression.path("column_names");
        if (!expression.path("class").asText().equals("COLUMN_REF")) {
            return Optional.empty();
        }
        return switch (names.size()) {
            case 1 -> columnNamed(names.path(0).asText());
            case 2 -> isAlias(names.path(0)) ? columnNamed(names.path(1).asText()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// Whether a reference to a column can't be one to this table.
    boolean isElsewhere(JsonNode reference) {
        JsonNode names = reference.path("column_names");
        String first = names.path(0).asText();
        return names.size() <= 2
                && columnNamed(first).isEmpty()
                && !(names.size() == 2 && first.equalsIgnoreCase(alias));
    }

    /// `a.b` may be a field of a column `a`.
    private boolean isAlias(JsonNode name) {
        return name.asText().equalsIgnoreCase(alias) && columnNamed(alias).isEmpty();
    }

    private Optional<Column> columnNamed(String name) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
