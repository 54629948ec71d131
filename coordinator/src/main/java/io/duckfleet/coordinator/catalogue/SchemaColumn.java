package io.duckfleet.coordinator.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.coordinator.plan.Column;
import java.util.Optional;

/// A column as `GET /schema` tells it, in the words of DuckDB's DESCRIBE; `sinceSnapshot` is the commit in
/// which a table's column came, where the catalog still knows it.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SchemaColumn(
        String columnName,
        String columnType,
        @JsonProperty("null") String isNullable,
        Optional<String> key,
        @JsonProperty("default") Optional<String> defaultValue,
        Optional<String> extra,
        Optional<Long> sinceSnapshot) {

    static SchemaColumn of(Column column, Optional<Long> sinceSnapshot) {
        return new SchemaColumn(
                column.name(),
                column.type(),
                "YES",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sinceSnapshot);
    }
}
