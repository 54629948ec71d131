package io.duckfleet.sidecar.iceberg;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/// How a table is partitioned in Iceberg, and its schema with the columns that come from that.
///
/// DuckLake's `year(d), month(d), day(d)` is Iceberg's `day(d)`. Beside it the keys themselves become columns
/// `year`, `month` and `day`, which are in no file: readers take an identity partition's value for them. They
/// are offered while every file has the values and no real column has the name. Files of an earlier
/// partitioning are unpartitioned ones here; their columns' bounds serve as well.
final class PartitionLayout {

    /// Above all ids that columns of the lake will ever have.
    static final int FIRST_KEY_COLUMN = 1_000_000_000;

    private static final Set<String> PARTS = Set.of("year", "month", "day", "hour");
    private static final Pattern BUCKET = Pattern.compile("bucket\\((\\d+)\\)");
    private static final Set<Type.TypeID> EXACT =
            Set.of(Type.TypeID.INTEGER, Type.TypeID.LONG, Type.TypeID.STRING, Type.TypeID.BOOLEAN, Type.TypeID.DATE);
    private static final int EPOCH_YEAR = 1970;
    private static final int MONTHS = 12;
    private static final int HOURS = 24;

    private final OptionalLong partition;
    private final Schema schema;
    private final PartitionSpec spec;
    private final List<Source> sources;

    /// Where a partition field's value comes from: `keys` are DuckLake's.
    private record Source(Kind kind, List<Integer> keys, Type type) {}

    private enum Kind {
        AS_IT_IS,
        YEAR,
        MONTH,
        DAY,
        HOUR
    }

    private PartitionLayout(OptionalLong partition, Schema schema, PartitionSpec spec, List<Source> sources) {
        this.partition = partition;
        this.schema = schema;
        this.spec = spec;
        this.sources = List.copyOf(sources);
    }

    static PartitionLayout of(Schema columns, LakeContents contents) {
        if (contents.partition().isEmpty()) {
            return new PartitionLayout(OptionalLong.empty(), columns, PartitionSpec.unpartitioned(), List.of());
        }
        List<PartitionKey> shown = shownKeys(columns, contents);
        List<Types.NestedField> fields = new ArrayList<>(columns.columns());
        shown.forEach(key -> fields.add(
                Types.NestedField.optional(FIRST_KEY_COLUMN + key.index(), key.transform(), Types.IntegerType.get())));
        Schema schema = new Schema(fields);
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        List<Source> sources = new ArrayList<>();
        for (PartitionKey key : shown) {
            spec.identity(key.transform());
            sources.add(new Source(Kind.AS_IT_IS, List.of(key.index()), Types.IntegerType.get()));
        }
        addKeysOfColumns(schema, contents.keys(), spec, sources);
        addTimes(schema, contents.keys(), spec, sources);
        return new PartitionLayout(contents.partition(), schema, spec.build(), sources);
    }

    private static List<PartitionKey> shownKeys(Schema columns, LakeContents contents) {
        List<PartitionKey> parts = contents.keys().stream()
                .filter(key -> PARTS.contains(key.transform()))
                .toList();
        Set<String> names = new HashSet<>();
        boolean unique = parts.stream().allMatch(key -> names.add(key.transform()));
        boolean free = columns.columns().stream()
                .noneMatch(column -> names.contains(column.name().toLowerCase(Locale.ROOT)));
        boolean everywhere =
                contents.files().stream().allMatch(file -> file.partition().equals(contents.partition()));
        return unique && free && everywhere ? parts : List.of();
    }

    private static void addKeysOfColumns(
            Schema schema, List<PartitionKey> keys, PartitionSpec.Builder spec, List<Source> sources) {
        for (PartitionKey key : keys) {
            Types.NestedField column = schema.asStruct().field(key.column());
            Matcher bucket = BUCKET.matcher(key.transform());
            if (column == null || !EXACT.contains(column.type().typeId())) {
                continue;
            }
            if (key.transform().equals("identity")) {
                spec.identity(column.name());
                sources.add(new Source(Kind.AS_IT_IS, List.of(key.index()), column.type()));
            } else if (bucket.matches() && isFree(schema, column.name() + "_bucket")) {
                spec.bucket(column.name(), Integer.parseInt(bucket.group(1)), column.name() + "_bucket");
                sources.add(new Source(Kind.AS_IT_IS, List.of(key.index()), Types.IntegerType.get()));
            }
        }
    }

    private static boolean isFree(Schema schema, String name) {
        return schema.caseInsensitiveFindField(name) == null;
    }

    private static void addTimes(
            Schema schema, List<PartitionKey> keys, PartitionSpec.Builder spec, List<Source> sources) {
        List<Integer> columns =
                keys.stream().map(PartitionKey::column).distinct().toList();
        for (int id : columns) {
            Types.NestedField column = schema.asStruct().field(id);
            if (column != null && hasNoZone(column.type())) {
                addTime(schema, column, keys, spec, sources);
            }
        }
    }

    /// Days of a TIMESTAMPTZ are those of the writer's time zone in DuckLake, and of UTC in Iceberg.
    private static boolean hasNoZone(Type type) {
        return type.typeId() == Type.TypeID.DATE || type.equals(Types.TimestampType.withoutZone());
    }

    private static void addTime(
            Schema schema,
            Types.NestedField column,
            List<PartitionKey> keys,
            PartitionSpec.Builder spec,
            List<Source> sources) {
        List<Integer> indexes = new ArrayList<>();
        for (String part : List.of("year", "month", "day", "hour")) {
            OptionalLong index = keys.stream()
                    .filter(key ->
                            key.column() == column.fieldId() && key.transform().equals(part))
                    .mapToLong(PartitionKey::index)
                    .findFirst();
            if (index.isEmpty()) {
                break;
            }
            indexes.add((int) index.getAsLong());
        }
        if (indexes.isEmpty()) {
            return;
        }
        Kind kind = Kind.values()[indexes.size()];
        String name = column.name() + "_" + kind.name().toLowerCase(Locale.ROOT);
        if (!isFree(schema, name)) {
            return;
        }
        switch (kind) {
            case AS_IT_IS -> throw new IllegalStateException("no part of a time");
            case YEAR -> spec.year(column.name(), name);
            case MONTH -> spec.month(column.name(), name);
            case DAY -> spec.day(column.name(), name);
            case HOUR -> spec.hour(column.name(), name);
        }
        sources.add(new Source(kind, List.copyOf(indexes), Types.IntegerType.get()));
    }

    /// The columns of the lake's table and, after them, those of its partitioning.
    Schema schema() {
        return schema;
    }

    PartitionSpec spec() {
        return spec;
    }

    /// Whether the file was written under this partitioning.
    boolean covers(LakeFile file) {
        return partition.isPresent() && spec.isPartitioned() && file.partition().equals(partition);
    }

    /// The partition of a file that this covers, as values of `type`'s fields.
    PartitionData partitionOf(LakeFile file, Types.StructType type) {
        PartitionData data = new PartitionData(type);
        for (int i = 0; i < sources.size(); i++) {
            data.set(i, value(sources.get(i), file.values()));
        }
        return data;
    }

    private static @Nullable Object value(Source source, Map<Integer, String> values) {
        List<String> texts =
                source.keys().stream().map(values::get).filter(Objects::nonNull).toList();
        if (texts.size() < source.keys().size()) {
            return null;
        }
        if (source.kind() == Kind.AS_IT_IS) {
            return LakeValues.parse(source.type(), texts.getFirst());
        }
        List<Integer> parts = texts.stream().map(Integer::valueOf).toList();
        return switch (source.kind()) {
            case AS_IT_IS, YEAR -> parts.get(0) - EPOCH_YEAR;
            case MONTH -> (parts.get(0) - EPOCH_YEAR) * MONTHS + parts.get(1) - 1;
            case DAY -> day(parts);
            case HOUR -> day(parts) * HOURS + parts.get(3);
        };
    }

    private static int day(List<Integer> parts) {
        return Math.toIntExact(
                LocalDate.of(parts.get(0), parts.get(1), parts.get(2)).toEpochDay());
    }
}
