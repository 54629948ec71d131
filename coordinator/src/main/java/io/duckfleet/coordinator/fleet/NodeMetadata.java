package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a node answers to `GET /metadata`, as far as the coordinator needs it. Anything may be missing in
/// what comes over the network.
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeMetadata(
        List<NodeColumn> columns,
        @JsonProperty("row_count") long rowCount,
        @JsonProperty("size_bytes") long sizeBytes,
        @JsonProperty("table_version") String tableVersion) {

    public NodeMetadata(
            @Nullable List<NodeColumn> columns, long rowCount, long sizeBytes, @Nullable String tableVersion) {
        this.columns = columns == null ? List.of() : List.copyOf(columns);
        this.rowCount = rowCount;
        this.sizeBytes = sizeBytes;
        this.tableVersion = tableVersion == null ? "" : tableVersion;
    }

    /// About how many different values are in a column, by its name, where the node tells.
    Map<String, Long> distinct() {
        return columns.stream()
                .filter(column -> column.approxDistinct() > 0)
                .collect(Collectors.toUnmodifiableMap(NodeColumn::name, NodeColumn::approxDistinct, Math::max));
    }

    /// Between which values a column's are, by its name, where the node tells and these are numbers or times.
    Map<String, ValueRange> ranges() {
        Map<String, ValueRange> ranges = new HashMap<>();
        columns.forEach(
                column -> column.range().ifPresent(range -> ranges.merge(column.name(), range, ValueRange::with)));
        return Map.copyOf(ranges);
    }

    /// Whether it describes a table.
    boolean isWhole() {
        return !columns.isEmpty()
                && !tableVersion.isEmpty()
                && rowCount >= 0
                && columns.stream().noneMatch(column -> column.name().isEmpty());
    }

    /// A column's name, DuckDB's name of its type, about how many different values it has, and the least and
    /// the greatest of these; 0 and empty if that isn't told.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NodeColumn(
            String name,
            String type,
            @JsonProperty("approx_distinct") long approxDistinct,
            String min,
            String max) {
        public NodeColumn(
                @Nullable String name,
                @Nullable String type,
                long approxDistinct,
                @Nullable String min,
                @Nullable String max) {
            this.name = name == null ? "" : name;
            this.type = type == null ? "" : type;
            this.approxDistinct = approxDistinct;
            this.min = min == null ? "" : min;
            this.max = max == null ? "" : max;
        }

        private Optional<ValueRange> range() {
            return ValueRange.of(min, max, type);
        }
    }
}
