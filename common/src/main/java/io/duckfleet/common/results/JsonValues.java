package io.duckfleet.common.results;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/// Writes DuckDB's values, as JDBC gives them, as JSON: numbers as numbers, NaN and infinities as null, dates
/// and times as ISO texts (TIMESTAMPTZ in UTC with `Z`), BLOBs as base64, nested values as nested JSON, maps
/// as objects, all else as DuckDB's own text.
final class JsonValues {

    private static final BigInteger LARGEST_SAFE = BigInteger.ONE.shiftLeft(53);

    private final JsonGenerator json;
    private final JsonNumbers numbers;

    JsonValues(JsonGenerator json, JsonNumbers numbers) {
        this.json = json;
        this.numbers = numbers;
    }

    void write(@Nullable Object value) throws IOException, SQLException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Double number -> writeDouble(number);
            case Float number -> writeFloat(number);
            case BigDecimal number -> writeDecimal(number);
            case BigInteger number -> writeInteger(number);
            case Long number -> writeLong(number);
            case Number number -> json.writeNumber(number.longValue());
            case LocalDateTime time -> json.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
            case LocalTime time -> json.writeString(DateTimeFormatter.ISO_LOCAL_TIME.format(time));
            case Timestamp time ->
                json.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.toLocalDateTime()));
            case OffsetDateTime time ->
                json.writeString(
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
            case Blob blob -> json.writeBinary(blob.getBytes(1, Math.toIntExact(blob.length())));
            case byte[] bytes -> json.writeBinary(bytes);
            case JsonNode node -> json.writeRawValue(node.toString());
            case DuckDBStruct struct -> writeStruct(struct);
            case Struct struct -> writeAll(struct.getAttributes());
            case Array array -> writeAll((Object[]) array.getArray());
            case Map<?, ?> map -> writeObject(map);
            case Collection<?> values -> writeAll(values.toArray());
            default -> json.writeString(value.toString());
        }
    }

    private void writeDouble(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private void writeFloat(float number) throws IOException {
        if (Float.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private void writeLong(long number) throws IOException {
        if (isUnsafe(BigInteger.valueOf(number))) {
            json.writeString(Long.toString(number));
        } else {
            json.writeNumber(number);
        }
    }

    private void writeInteger(BigInteger number) throws IOException {
        if (isUnsafe(number)) {
            json.writeString(number.toString());
        } else {
            json.writeNumber(number);
        }
    }

    private void writeDecimal(BigDecimal number) throws IOException {
        if (isUnsafe(number.unscaledValue())) {
            json.writeString(number.toPlainString());
        } else {
            json.writeNumber(number.toPlainString());
        }
    }

    private boolean isUnsafe(BigInteger number) {
        return numbers == JsonNumbers.SAFE && number.abs().compareTo(LARGEST_SAFE) > 0;
    }

    /// A struct without names, as `row(1, 2)` makes, is a list.
    private void writeStruct(DuckDBStruct struct) throws IOException, SQLException {
        Map<?, ?> members = struct.getMap();
        if (members.containsKey("")) {
            writeAll(struct.getAttributes());
        } else {
            writeObject(members);
        }
    }

    private void writeAll(Object[] values) throws IOException, SQLException {
        json.writeStartArray();
        for (Object value : values) {
            write(value);
        }
        json.writeEndArray();
    }

    private void writeObject(Map<?, ?> members) throws IOException, SQLException {
        json.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            json.writeFieldName(String.valueOf(member.getKey()));
            write(member.getValue());
        }
        json.writeEndObject();
    }
}
