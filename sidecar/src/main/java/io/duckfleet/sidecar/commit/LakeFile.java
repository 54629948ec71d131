package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.TableName;
import java.time.LocalDate;

/// A Parquet file of a lake table; `path` is relative to the table's folder, such as
/// `year=2025/month=1/day=2/ducklake-x.parquet`.
public record LakeFile(TableName table, String path, long bytes) {

    /// The file's name without folders.
    public String baseName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether the file is in the partition of `day`.
    public boolean isIn(LocalDate day) {
        return path.startsWith(partition(day));
    }

    /// The folder of a day's partition within a table's: no zero padding.
    public static String partition(LocalDate day) {
        return "year=%d/month=%d/day=%d/".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }
}
