package io.duckfleet.sidecar.table;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.DeclaredTypes;
import io.duckfleet.sidecar.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of `PUT /table/{name}/schema`: columns as `GET` gives them, of which name and type count.
record TableDeclaration(@JsonAlias("columns") @Nullable List<@Nullable Entry> schema) {

    private static final int MAX_COLUMNS = 1_000;

    /// A column's name and type.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Entry(
            @JsonAlias("name") @Nullable String columnName,
            @JsonAlias("type") @Nullable String columnType) {}

    /// @throws FleetException `invalid_request` for names or types that can't be
    List<TableSchema.Column> columns() {
        if (schema == null || schema.isEmpty() || schema.size() > MAX_COLUMNS) {
            throw FleetException.invalid("schema", "an array of 1 to %d columns was expected".formatted(MAX_COLUMNS));
        }
        List<TableSchema.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Entry entry : schema) {
            if (entry == null || entry.columnName() == null || entry.columnType() == null) {
                throw FleetException.invalid(
                        "schema", "each column was expected to have a column_name and a column_type");
            }
            columns.add(DeclaredTypes.column(entry.columnName(), entry.columnType()));
            if (!names.add(entry.columnName().toLowerCase(Locale.ROOT))) {
                throw FleetException.invalid(
                        "schema",
                        "column \"%s\" is there twice (names compare without case)".formatted(entry.columnName()));
            }
        }
        return columns;
    }
}
