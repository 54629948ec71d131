package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.lake.LakeAttachment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files that the lake has now, each with the range of its records' `ingested_at`.
record FileList(List<Entry> entries) {

    private static final String SQL = """
            SELECT t.table_name, f.path, CASE WHEN f.path_is_relative THEN m.value || s.path || t.path || f.path ELSE f.path END AS url,
                f.record_count - coalesce(d.deleted, 0) AS rows, f.file_size_bytes,
                (SELECT count(*) FROM {column} c WHERE c.table_id = f.table_id AND c.parent_column IS NULL
                    AND c.begin_snapshot <= f.begin_snapshot AND (c.end_snapshot IS NULL OR c.end_snapshot > f.begin_snapshot)) AS columns,
                n.snapshot_time, n.snapshot_id, %s AS earliest, %s AS latest
            FROM {data_file} f
            JOIN {table} t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
            JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL AND s.schema_name = '%s'
            LEFT JOIN {metadata} m ON m.key = 'data_path' AND m.scope IS NULL
            LEFT JOIN (SELECT data_file_id, sum(delete_count)::bigint AS deleted FROM {delete_file} WHERE end_snapshot IS NULL GROUP BY 1) d
                ON d.data_file_id = f.data_file_id
            LEFT JOIN {snapshot} n ON n.snapshot_id = f.begin_snapshot
            LEFT JOIN {column} i ON i.table_id = f.table_id AND i.column_name = 'ingested_at' AND i.parent_column IS NULL
                AND i.end_snapshot IS NULL
            LEFT JOIN {file_column_stats} st ON st.data_file_id = f.data_file_id AND st.column_id = i.column_id
            WHERE f.end_snapshot IS NULL
            ORDER BY t.table_name, f.data_file_id
            """.formatted(
                    CatalogTables.time("st.min_value", "timestamptz"),
                    CatalogTables.time("st.max_value", "timestamptz"),
                    LakeAttachment.SCHEMA);

    private static final Pattern PARTITION = Pattern.compile("year=(\\d{1,9})/month=(\\d{1,2})/day=(\\d{1,2})/");
    private static final Pattern UUID_IN_NAME =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int TIME_ORDERED = 7;
    private static final int BITS_AFTER_MILLIS = 16;

    FileList {
        entries = List.copyOf(entries);
    }

    /// A file, and the range of its records' `ingested_at` where the catalog knows it.
    record Entry(LakeFile file, Optional<Instant> earliest, Optional<Instant> latest) {}

    static FileList read(CatalogTables catalog) {
        return catalog.query(SQL, rows -> {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(entry(rows));
            }
            return new FileList(entries);
        });
    }

    /// The files of one table.
    FileList of(String table) {
        return new FileList(entries.stream()
                .filter(entry -> entry.file().table().equalsIgnoreCase(table))
                .toList());
    }

    long records() {
        return files().stream().mapToLong(LakeFile::rowCount).sum();
    }

    List<LakeFile> files() {
        return entries.stream().map(Entry::file).toList();
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        String path = rows.getString(2);
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        long bytes = rows.getLong(5);
        long snapshot = rows.getLong(8);
        LakeFile file = new LakeFile(
                name,
                rows.getLong(4),
                LakeFile.megabytes(bytes),
                rows.getInt(6),
                writtenAt(name).or(() -> instant(rows, 7)),
                rows.getString(1),
                slash < 0 ? Optional.empty() : Optional.of(path.substring(0, slash)),
                partitionDate(path),
                bytes,
                rows.getString(3),
                snapshot == 0 ? Optional.empty() : Optional.of(snapshot));
        return new Entry(file, instant(rows, 9), instant(rows, 10));
    }

    /// A file's name holds a UUID that begins with its time (RFC 9562, 5.7), also that of a file which
    /// maintenance has made of others.
    static Optional<Instant> writtenAt(String name) {
        Matcher uuid = UUID_IN_NAME.matcher(name);
        return uuid.find() ? Optional.of(UUID.fromString(uuid.group())).flatMap(FileList::timeOf) : Optional.empty();
    }

    private static Optional<Instant> timeOf(UUID uuid) {
        return uuid.version() == TIME_ORDERED
                ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> BITS_AFTER_MILLIS))
                : Optional.empty();
    }

    /// The day of the partition that `path` lies in.
    static Optional<LocalDate> partitionDate(String path) {
        Matcher partition = PARTITION.matcher(path);
        if (!partition.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(partition.group(1)),
                    Integer.parseInt(partition.group(2)),
                    Integer.parseInt(partition.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The time in that column of the row, if there is one.
    static Optional<Instant> instant(ResultSet rows, int column) {
        try {
            @Nullable Timestamp time = rows.getTimestamp(column);
            return Optional.ofNullable(time).map(Timestamp::toInstant);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
