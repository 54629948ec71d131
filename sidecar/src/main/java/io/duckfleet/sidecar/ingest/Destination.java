package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table and the day that a request names, each if it does; an empty text names none.
public record Destination(Optional<TableName> table, Optional<LocalDate> day) {

    /// Of the parameters `table_name` and `partition_date`.
    ///
    /// @throws FleetException `invalid_request` for what is no table's name, or no day
    public static Destination of(@Nullable String tableName, @Nullable String partitionDate) {
        return new Destination(
                present(tableName).map(text -> TableChoice.of(Optional.of(text), Optional.empty())),
                present(partitionDate).map(text -> PartitionDates.parse("partition_date", text)));
    }

    /// The table; the one for records of no certain kind where none is named.
    public TableName tableOrUsual() {
        return table.orElseGet(() -> TableChoice.of(Optional.empty(), Optional.empty()));
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }
}
