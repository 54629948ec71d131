package io.duckfleet.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordGeneratorTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER | id,record_id,first_name,last_name,email,age,country,status,balance,created_at",
                "TRANSACTION | id,record_id,user_id,amount,currency,category,status,timestamp",
                "EVENT | id,record_id,event_type,user_id,severity,message,metadata,timestamp",
                "PRODUCT | id,record_id,name,category,price,stock,rating,reviews_count,is_available,tags,created_at",
                "SENSOR | id,record_id,sensor_id,temperature,humidity,pressure,battery_level,location,status,timestamp"
            })
    void hasTheFieldsThatUsersKnow(RecordKind kind, String fields) throws IOException {
        JsonNode first = records(kind, 1, 50).getFirst();

        assertThat(first.fieldNames()).toIterable().containsExactly(fields.split(","));
    }

    @Test
    void nestsObjects() throws IOException {
        assertThat(records(RecordKind.EVENT, 1, 1).getFirst().path("metadata").fieldNames())
                .toIterable()
                .containsExactly("ip_address", "user_agent", "session_id");
        assertThat(records(RecordKind.SENSOR, 1, 1).getFirst().path("location").fieldNames())
                .toIterable()
                .containsExactly("lat", "lon");
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameForTheSameSeed(RecordKind kind) throws IOException {
        assertThat(lines(kind, 7, 100)).isEqualTo(lines(kind, 7, 100)).isNotEqualTo(lines(kind, 8, 100));
    }

    @ParameterizedTest
    @EnumSource
    void givesEachRecordAnIdOfItsOwnAndATimeOfThePeriod(RecordKind kind) throws IOException {
        List<JsonNode> records = records(kind, 3, 1000);

        assertThat(records)
                .extracting(record -> record.path("record_id").asText())
                .doesNotHaveDuplicates();
        assertThat(records).allSatisfy(record -> {
            Instant time = Instant.parse(record.path(record.has("timestamp") ? "timestamp" : "created_at")
                    .asText());
            assertThat(time).isBetween(UNTIL.minus(Duration.ofDays(90)), UNTIL);
        });
    }

    @Test
    void writesAnArrayOfTheSameRecords() throws IOException {
        ByteArrayOutputStream array = new ByteArrayOutputStream();

        RecordGenerator.of(RecordKind.PRODUCT, 5, UNTIL).writeArray(array, 20);

        assertThat(MAPPER.readTree(array.toByteArray())).containsExactlyElementsOf(records(RecordKind.PRODUCT, 5, 20));
    }

    @Test
    void knowsKindsByNameInAnyCase() {
        assertThat(RecordKind.of("Sensor")).contains(RecordKind.SENSOR);
        assertThat(RecordKind.of("log")).isEmpty();
    }

    private static List<JsonNode> records(RecordKind kind, long seed, int count) throws IOException {
        List<JsonNode> records = MAPPER.readerFor(JsonNode.class)
                .<JsonNode>readValues(lines(kind, seed, count))
                .readAll();
        assertThat(records).hasSize(count);
        return records;
    }

    private static String lines(RecordKind kind, long seed, int count) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        RecordGenerator.of(kind, seed, UNTIL).writeLines(lines, count);
        return lines.toString(StandardCharsets.UTF_8);
    }
}
