package io.duckfleet.sidecar.iceberg;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// What Iceberg wants to know of a file's columns, from what the lake's catalog knows; engines skip files by
/// it, so only what is certain is told. No file is opened.
final class FileMetrics {

    private static final int LONGEST_BOUND = 256;

    private final Map<Integer, Long> bytes = new HashMap<>();
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> nans = new HashMap<>();
    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();

    private FileMetrics() {}

    /// Those of a file with `rows` rows; of columns within columns nothing is told.
    static Metrics of(Schema schema, long rows, Map<Integer, ColumnStatistics> statistics) {
        FileMetrics metrics = new FileMetrics();
        for (Types.NestedField column : schema.columns()) {
            ColumnStatistics known = statistics.get(column.fieldId());
            if (known != null && column.type().isPrimitiveType()) {
                metrics.add(column.fieldId(), column.type(), rows, known);
            }
        }
        return new Metrics(
                rows, metrics.bytes, metrics.values, metrics.nulls, metrics.nans, metrics.lower, metrics.upper);
    }

    private void add(int id, Type type, long rows, ColumnStatistics known) {
        known.bytes().ifPresent(size -> bytes.put(id, size));
        values.put(id, rows);
        known.nulls().ifPresent(count -> nulls.put(id, count));
        boolean floating = type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
        boolean withoutNan =
                known.containsNan().isPresent() && !known.containsNan().get();
        if (floating && withoutNan) {
            nans.put(id, 0L);
        }
        if (!floating || withoutNan) {
            addBounds(id, type, known);
        }
    }

    private void addBounds(int id, Type type, ColumnStatistics known) {
        Optional<Object> min = known.min().flatMap(text -> value(type, text)).map(FileMetrics::atMost);
        Optional<Object> max = known.max().flatMap(text -> value(type, text)).map(FileMetrics::atLeast);
        if (min.isPresent() && max.isPresent()) {
            lower.put(id, Conversions.toByteBuffer(type, min.get()));
            upper.put(id, Conversions.toByteBuffer(type, max.get()));
        }
    }

    private static Optional<Object> value(Type type, String text) {
        if (text.length() > LONGEST_BOUND) {
            return Optional.empty();
        }
        try {
            return Optional.of(LakeValues.parse(type, text));
        } catch (RuntimeException e) {
            // A bound is an offer: without one, the file is read.
            return Optional.empty();
        }
    }

    /// A DOUBLE column may have been a FLOAT one when the file was written, and the text that of a FLOAT.
    private static Object atMost(Object value) {
        return switch (value) {
            case Double number -> Math.min(number, (double) Math.nextDown(number.floatValue()));
            case Float number when number == 0 -> -0.0f;
            default -> value;
        };
    }

    private static Object atLeast(Object value) {
        return switch (value) {
            case Double number -> Math.max(number, (double) Math.nextUp(number.floatValue()));
            case Float number when number == 0 -> 0.0f;
            default -> value;
        };
    }
}
