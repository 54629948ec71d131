package io.duckfleet.sidecar.schema;

import io.duckfleet.common.sql.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table's columns, in order; without columns it doesn't exist yet. Column names compare without case.
public record TableSchema(TableName table, List<Column> columns) {

    /// A column's name, as it is spelled in the table, and its type; `declared` tells that somebody asked for
    /// that type, rather than it was inferred from records.
    public record Column(String name, ColumnType type, boolean declared) {

        /// A column whose type was inferred.
        public Column(String name, ColumnType type) {
            this(name, type, false);
        }

        Column withType(ColumnType other) {
            return new Column(name, other, declared);
        }
    }

    public TableSchema {
        columns = List.copyOf(columns);
    }

    public boolean exists() {
        return !columns.isEmpty();
    }

    public Optional<Column> column(String name) {
        String folded = ObjectShape.fold(name);
        return columns.stream()
                .filter(column -> ObjectShape.fold(column.name()).equals(folded))
                .findFirst();
    }

    /// This schema with `column` in place of the one of that name, or at the end.
    TableSchema with(Column column) {
        Map<String, Column> byName = new LinkedHashMap<>();
        columns.forEach(known -> byName.put(ObjectShape.fold(known.name()), known));
        byName.put(ObjectShape.fold(column.name()), column);
        return new TableSchema(table, List.copyOf(byName.values()));
    }
}
