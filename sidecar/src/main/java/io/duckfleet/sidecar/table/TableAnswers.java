package io.duckfleet.sidecar.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answers about tables.
public final class TableAnswers {

    private static final String SUCCESS = "success";

    private TableAnswers() {}

    /// A column in the form that `DESCRIBE` has.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Column(
            @Nullable String columnName,
            @Nullable String columnType,
            @JsonProperty("null") @Nullable String nullable,
            @Nullable String key,
            @JsonProperty("default") @Nullable String fallback,
            @Nullable String extra) {}

    /// The names of all tables.
    public record Tables(String status, List<String> tables) {
        Tables(List<String> tables) {
            this(SUCCESS, tables);
        }
    }

    /// A table's columns.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record TableSchema(String status, String tableName, List<Column> schema) {
        TableSchema(String tableName, List<Column> schema) {
            this(SUCCESS, tableName, schema);
        }
    }

    /// How many records a table has: waiting in the sidecar, and in the lake, where that can be asked.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record TableCount(
            String status,
            String tableName,
            long bufferedCount,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> lakeCount) {
        TableCount(String tableName, long bufferedCount, Optional<Long> lakeCount) {
            this(SUCCESS, tableName, bufferedCount, lakeCount);
        }
    }
}
