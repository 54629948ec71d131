package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.DayRows;
import io.duckfleet.sidecar.commit.Receipt;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a flush has put into the lake for one table, and which records went to the rejected ones instead. The
/// rejected ones' indexes count within their batch.
record FlushReceipt(TableName table, Receipt receipt, List<RejectedRecord> rejected) {

    FlushReceipt {
        rejected = List.copyOf(rejected);
    }

    /// Both together, as one flush of the table.
    FlushReceipt plus(FlushReceipt later) {
        Map<LocalDate, Long> days = new TreeMap<>();
        Stream.concat(receipt.days().stream(), later.receipt.days().stream())
                .forEach(day -> days.merge(day.day(), day.rows(), Long::sum));
        return new FlushReceipt(
                table,
                new Receipt(
                        Math.max(receipt.snapshotId(), later.receipt.snapshotId()),
                        days.entrySet().stream()
                                .map(day -> new DayRows(day.getKey(), day.getValue()))
                                .toList(),
                        Stream.concat(receipt.files().stream(), later.receipt.files().stream())
                                .distinct()
                                .toList(),
                        false),
                Stream.concat(rejected.stream(), later.rejected.stream()).toList());
    }
}
