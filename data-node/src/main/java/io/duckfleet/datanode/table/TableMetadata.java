package io.duckfleet.datanode.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `GET /metadata` answers. `view_name` is the table's name, `tables` the names of all of the node's,
/// `size_bytes` its real size in memory, `timestamp` the time of the answer.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TableMetadata(
        String s3Url,
        String viewName,
        List<Column> columns,
        long rowCount,
        int columnCount,
        long sizeBytes,
        double loadTimeMs,
        Instant timestamp,
        String etag,
        Instant loadedAt,
        String tableVersion,
        List<String> tables,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ShardOfTable> shard) {

    private static final double NANOS_PER_MS = 1e6;

    public TableMetadata {
        columns = List.copyOf(columns);
        tables = List.copyOf(tables);
    }

    /// A column with its statistics.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Column(
            String name, String type, long nullCount, long approxDistinct, Optional<String> min, Optional<String> max) {

        static Column of(TableColumn column, ColumnStatistics statistics) {
            return new Column(
                    column.name(),
                    column.type(),
                    statistics.nullCount(),
                    statistics.approxDistinct(),
                    statistics.min(),
                    statistics.max());
        }
    }

    static TableMetadata of(LoadedTable table, List<String> tables, Instant now) {
        TableSource source = table.source();
        return new TableMetadata(
                source.url(),
                table.name().text(),
                columns(table),
                table.rowCount(),
                table.columns().size(),
                table.sizeBytes(),
                milliseconds(source.loadTime()),
                now,
                source.etag(),
                source.loadedAt(),
                table.version(),
                tables,
                source.shard());
    }

    private static List<Column> columns(LoadedTable table) {
        List<ColumnStatistics> statistics = table.statistics();
        List<Column> columns = new ArrayList<>(statistics.size());
        for (int i = 0; i < statistics.size(); i++) {
            columns.add(Column.of(table.columns().get(i), statistics.get(i)));
        }
        return columns;
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_MS;
    }
}
