package io.duckfleet.coordinator.trino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.jdbc.Row;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of Trino's results as texts that DuckDB reads: nested ones as JSON, bytes as hexadecimal digits.
final class TrinoValues {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TrinoValues() {}

    /// The value of a column (from 1) of the row that the result stands at; empty if it is NULL.
    static Optional<String> text(ResultSet row, int column, TrinoType type) throws SQLException {
        if (type.isBinary()) {
            return Optional.ofNullable(row.getBytes(column)).map(HexFormat.of()::formatHex);
        }
        if (!type.isNested()) {
            return Optional.ofNullable(row.getString(column));
        }
        Object value = row.getObject(column);
        return value == null ? Optional.empty() : Optional.of(json(value, type));
    }

    private static String json(Object value, TrinoType type) throws SQLException {
        try {
            return MAPPER.writeValueAsString(plain(value, type));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Decimals become texts, as DuckDB reads JSON's numbers as DOUBLE where they have a fraction.
    private static @Nullable Object plain(@Nullable Object value, TrinoType type) throws SQLException {
        return switch (value) {
            case null -> null;
            case Array array -> elements(Arrays.asList((Object[]) array.getArray()), type);
            case List<?> list -> elements(list, type);
            case Map<?, ?> map -> members(map, type);
            case Row row -> fields(row, type);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case BigDecimal decimal -> decimal.toPlainString();
            case Boolean truth -> truth;
            case Number number -> number;
            case Timestamp moment ->
                type.name().endsWith("with time zone") ? moment.toInstant().toString() : moment.toString();
            case Time time ->
                Instant.ofEpochMilli(time.getTime())
                        .atZone(ZoneId.systemDefault())
                        .toLocalTime()
                        .toString();
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> elements(List<?> values, TrinoType type) throws SQLException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object value : values) {
            elements.add(plain(value, type.at(0)));
        }
        return elements;
    }

    private static Map<String, @Nullable Object> members(Map<?, ?> map, TrinoType type) throws SQLException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            members.put(String.valueOf(plain(entry.getKey(), type.at(0))), plain(entry.getValue(), type.at(1)));
        }
        return members;
    }

    private static Map<String, @Nullable Object> fields(Row row, TrinoType type) throws SQLException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < type.parts().size(); i++) {
            Object value = row.getFields().get(i).getValue();
            members.put(type.parts().get(i).name(), plain(value, type.at(i)));
        }
        return members;
    }
}
