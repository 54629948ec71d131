package io.duckfleet.sidecar.iceberg;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Iceberg's values for the texts in the lake's catalog.
final class LakeValues {

    private static final Pattern OFFSET = Pattern.compile(".*[+-]\\d\\d(:\\d\\d)?");
    private static final Pattern HOURS = Pattern.compile(".*[+-]\\d\\d");
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;

    private LakeValues() {}

    /// The value of a text of that type.
    ///
    /// @throws RuntimeException if the text is none, or the type has no texts: dates before Christ, infinite
    /// timestamps, blobs
    static Object parse(Type type, String text) {
        return switch (type.typeId()) {
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> text.equals("1") || text.equalsIgnoreCase("true");
            case STRING -> text;
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIME -> LocalTime.parse(text).toNanoOfDay() / NANOS;
            case TIMESTAMP -> micros(text);
            case DECIMAL -> new BigDecimal(text).setScale(((Types.DecimalType) type).scale());
            default -> throw new IllegalArgumentException("no texts of type " + type);
        };
    }

    private static long micros(String text) {
        String iso = text.replace(' ', 'T') + (HOURS.matcher(text).matches() && text.contains(":") ? ":00" : "");
        boolean withOffset = OFFSET.matcher(text).matches() && text.contains(":");
        OffsetDateTime time = withOffset
                ? OffsetDateTime.parse(iso)
                : LocalDateTime.parse(text.replace(' ', 'T')).atOffset(ZoneOffset.UTC);
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(), MICROS), time.getNano() / NANOS);
    }
}
