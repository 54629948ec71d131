package io.duckfleet.coordinator.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What there is in the lake, as `GET /statistics` tells it: how many records, of which weeks
/// (`partition_date`, newest first, at most ten), taken between when and when, and the same for each table.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Statistics(
        long totalRecords,
        DateRange dateRange,
        List<Week> weeklyDistribution,
        List<SchemaColumn> schema,
        List<OfTable> tables) {

    private static final int MOST_WEEKS = 10;

    public Statistics {
        weeklyDistribution = List.copyOf(weeklyDistribution);
        schema = List.copyOf(schema);
        tables = List.copyOf(tables);
    }

    /// When the first and the last record were ingested; null where there are none.
    public record DateRange(Optional<Instant> earliest, Optional<Instant> latest) {

        static DateRange of(FileList files) {
            return new DateRange(
                    files.entries().stream()
                            .flatMap(entry -> entry.earliest().stream())
                            .min(Comparator.naturalOrder()),
                    files.entries().stream()
                            .flatMap(entry -> entry.latest().stream())
                            .max(Comparator.naturalOrder()));
        }
    }

    /// A week by its Monday.
    public record Week(Instant week, long count) {}

    /// One table's share.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfTable(String table, long records, long files, long bytes, DateRange dateRange) {

        static OfTable of(String table, FileList files) {
            return new OfTable(
                    table,
                    files.records(),
                    files.entries().size(),
                    files.files().stream().mapToLong(LakeFile::fileSizeBytes).sum(),
                    DateRange.of(files));
        }
    }

    /// The statistics of `tables`, whose files are `files`.
    static Statistics of(List<String> tables, FileList files, List<SchemaColumn> schema) {
        return new Statistics(
                files.records(),
                DateRange.of(files),
                weeks(files),
                schema,
                tables.stream().map(table -> OfTable.of(table, files.of(table))).toList());
    }

    private static List<Week> weeks(FileList files) {
        Map<LocalDate, Long> counts = files.files().stream()
                .filter(file -> file.partitionDate().isPresent())
                .collect(Collectors.groupingBy(
                        file -> monday(file.partitionDate().orElseThrow()),
                        () -> new TreeMap<LocalDate, Long>(Comparator.reverseOrder()),
                        Collectors.summingLong(LakeFile::rowCount)));
        return counts.entrySet().stream()
                .filter(week -> week.getValue() > 0)
                .limit(MOST_WEEKS)
                .map(week -> new Week(week.getKey().atStartOfDay(ZoneOffset.UTC).toInstant(), week.getValue()))
                .toList();
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
