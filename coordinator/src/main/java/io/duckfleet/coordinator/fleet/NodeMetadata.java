package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a node answers to `GET /metadata`, as far as the coordinator needs it.
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeMetadata(
        List<NodeColumn> columns,
        @JsonProperty("row_count") long rowCount,
        @JsonProperty("table_version") String tableVersion) {

    /// A column's name and DuckDB's name of its type.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NodeColumn(String name, String type) {}
}
