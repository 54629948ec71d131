package io.duckfleet.benchmarks.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// User records as JSON, the same for the same seed.
final class UserRecords {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Bruno", "Chen", "Dunya", "Emil", "Fatima", "Goran", "Hana", "Ivo", "Jun");
    private static final List<String> LAST_NAMES =
            List.of("Almeida", "Berg", "Costa", "Diaz", "Eriksen", "Fischer", "Garcia", "Huang", "Ito", "Jansen");
    private static final List<String> COUNTRIES = List.of("BR", "CN", "DE", "ES", "FR", "IN", "JP", "NO", "US", "ZA");
    private static final List<String> STATES = List.of("active", "inactive", "pending");
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

    private final Random random;

    UserRecords(long seed) {
        random = new Random(seed);
    }

    /// The body of `POST /ingest` for `count` records.
    byte[] envelope(String table, int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("table_name", table);
            json.writeFieldName("records");
            writeArray(json, count);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /// `count` records as JSON lines.
    byte[] lines(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes).setRootValueSeparator(new SerializedString("\n"))) {
            for (int i = 0; i < count; i++) {
                write(json);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /// `count` records as a JSON array.
    byte[] array(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writeArray(json, count);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private void writeArray(JsonGenerator json, int count) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < count; i++) {
            write(json);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json) throws IOException {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        String first = one(FIRST_NAMES);
        String last = one(LAST_NAMES);
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("first_name", first);
        json.writeStringField("last_name", last);
        json.writeStringField("email", "%s.%s%d@example.com".formatted(first, last, random.nextInt(10_000)));
        json.writeNumberField("age", 18 + random.nextInt(70));
        json.writeStringField("country", one(COUNTRIES));
        json.writeStringField("status", one(STATES));
        json.writeNumberField("balance", random.nextInt(10_000_000) / 100.0);
        json.writeStringField(
                "created_at",
                FIRST.plus(random.nextInt(60_000_000), ChronoUnit.SECONDS).toString());
        json.writeEndObject();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
