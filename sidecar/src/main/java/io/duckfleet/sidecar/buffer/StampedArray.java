package io.duckfleet.sidecar.buffer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.sidecar.schema.JsonFactories;
import io.duckfleet.sidecar.schema.ReservedFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// A JSON array of buffered records, each with the day and the time that it has in the lake: as the records
/// of one flush have come at different times, each has to carry its own.
final class StampedArray {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    StampedArray() {
        bytes.write('[');
    }

    /// Adds a record. Its day is `day`, else its own, else that of `receivedAt` (UTC); its time its own, else
    /// `receivedAt`.
    void add(String record, OwnFields own, Optional<LocalDate> day, Instant receivedAt) {
        if (bytes.size() > 1) {
            bytes.write(',');
        }
        switch (own) {
            case NONE -> append(record, day.orElseGet(() -> dayOf(receivedAt)), receivedAt);
            case SOME -> rewrite(record, day, receivedAt);
        }
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /// The record is an object without these fields: they go in front of its closing brace.
    private void append(String record, LocalDate day, Instant receivedAt) {
        int end = record.length() - 1;
        boolean empty = record.substring(1, end).isBlank();
        text(record.substring(0, end));
        text(empty ? "" : ",");
        text("\"%s\":\"%s\",\"%s\":\"%s\"}"
                .formatted(ReservedFields.PARTITION_DATE, day, ReservedFields.INGESTED_AT, receivedAt));
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void rewrite(String record, Optional<LocalDate> day, Instant receivedAt) {
        byte[] source = record.getBytes(StandardCharsets.UTF_8);
        try (JsonParser from = JsonFactories.parser(source, 0, source.length);
                JsonGenerator to = JsonFactories.generator(bytes)) {
            from.nextToken();
            to.writeStartObject();
            boolean hasDay = false;
            boolean hasTime = false;
            while (from.nextToken() != JsonToken.END_OBJECT) {
                String name = from.currentName();
                boolean isNull = from.nextToken() == JsonToken.VALUE_NULL;
                boolean isDay = ReservedFields.PARTITION_DATE.equalsIgnoreCase(name);
                boolean isTime = ReservedFields.INGESTED_AT.equalsIgnoreCase(name);
                if ((isDay && (isNull || day.isPresent())) || (isTime && isNull)) {
                    continue;
                }
                hasDay |= isDay;
                hasTime |= isTime;
                to.writeFieldName(name);
                copyValue(from, to);
            }
            if (!hasDay) {
                to.writeStringField(
                        ReservedFields.PARTITION_DATE,
                        day.orElseGet(() -> dayOf(receivedAt)).toString());
            }
            if (!hasTime) {
                to.writeStringField(ReservedFields.INGESTED_AT, receivedAt.toString());
            }
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyValue(JsonParser from, JsonGenerator to) throws IOException {
        if (from.currentToken().isStructStart()) {
            to.copyCurrentStructureExact(from);
        } else {
            to.copyCurrentEventExact(from);
        }
    }

    /// The whole array. Nothing can be added after this.
    byte[] bytes() {
        bytes.write(']');
        return bytes.toByteArray();
    }
}
