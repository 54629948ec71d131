package io.duckfleet.datanode.parse;

import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/// The types whose canonical values are parsed, in the form that the sniffer takes for granted.
@SuppressWarnings("ImmutableEnumChecker") // Arrow's types are
public enum PlainType {
    BIGINT(Long.BYTES, new ArrowType.Int(Long.SIZE, true)),
    DOUBLE(Double.BYTES, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
    DATE(Integer.BYTES, new ArrowType.Date(DateUnit.DAY)),
    TIMESTAMP(Long.BYTES, new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
    BOOLEAN(Byte.BYTES, ArrowType.Bool.INSTANCE),
    VARCHAR(Integer.BYTES, ArrowType.Utf8.INSTANCE);

    private final int width;
    private final ArrowType arrow;

    PlainType(int width, ArrowType arrow) {
        this.width = width;
        this.arrow = arrow;
    }

    /// The type that DuckDB calls `name`, if it is one of these.
    public static Optional<PlainType> named(String name) {
        for (PlainType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// Bytes of a value (enough for one); of a text, those of its offset.
    int width() {
        return width;
    }

    ArrowType arrow() {
        return arrow;
    }
}
