package io.duckfleet.sidecar.iceberg;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Iceberg's types for DuckLake's scalar ones.
final class MirrorTypes {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), *(\\d+)\\)");

    private MirrorTypes() {}

    /// Empty for types that Iceberg doesn't have, or whose files other engines read wrongly (unsigned ones of
    /// 32 and 64 bits wrap).
    ///
    /// @throws UnmirrorableException for a type that makes the whole file unreadable for others
    static Optional<Type> of(String duckLakeType) {
        String name = duckLakeType.toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return Optional.of(
                    Types.DecimalType.of(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))));
        }
        return Optional.ofNullable(
                switch (name) {
                    case "boolean" -> Types.BooleanType.get();
                    case "int8", "int16", "int32", "uint8", "uint16" -> Types.IntegerType.get();
                    case "int64" -> Types.LongType.get();
                    case "float32" -> Types.FloatType.get();
                    case "float64" -> Types.DoubleType.get();
                    case "varchar", "json" -> Types.StringType.get();
                    case "blob" -> Types.BinaryType.get();
                    case "uuid" -> Types.UUIDType.get();
                    case "date" -> Types.DateType.get();
                    case "time" -> Types.TimeType.get();
                    case "timestamp", "timestamp_s", "timestamp_ms", "timestamp_us" ->
                        Types.TimestampType.withoutZone();
                    case "timestamptz" -> Types.TimestampType.withZone();
                    case "variant" ->
                        throw new UnmirrorableException("a VARIANT column makes its files unreadable for others");
                    default -> null;
                });
    }
}
