package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever records are sent, what is taken is read as it was sent: as the same value, or as its text; and no
/// column gets a type that other readers of the lake can't read. `-Dduckfleet.trips=500` is the long run.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class RoundTripTest extends LakeLook {

    private static final int RECORDS = 60;
    private static final Pattern UNREADABLE =
            Pattern.compile("\\b(U(TINY|SMALL|BIG|HUGE)?INT\\w*|HUGEINT|VARIANT|DECIMAL|UNION|BIT)\\b");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("duckfleet.trips", 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsTakenIsReadAsItWasSent(long seed) throws JsonProcessingException {
        String table = "trip_" + seed;
        List<ObjectNode> sent = new RandomRecords(seed).batch(RECORDS);
        String body = sent.stream().map(ObjectNode::toString).collect(Collectors.joining("\n"));

        List<Integer> rejected = lines("?table_name=%s&infer_dates=false".formatted(table), body)
                .statusCode(200)
                .extract()
                .path("rejected.index");

        assertThat(rows("SELECT column_type FROM (DESCRIBE lake.data.%s)".formatted(table)))
                .allSatisfy(type -> assertThat(type).doesNotContainPattern(UNREADABLE));
        Map<Integer, JsonNode> found = new HashMap<>();
        for (String row : rows("SELECT to_json(t)::VARCHAR FROM lake.data.%s AS t".formatted(table))) {
            JsonNode read = MAPPER.readTree(row);
            found.put(read.path("n").asInt(), read);
        }
        assertThat(found).hasSize(RECORDS - rejected.size());
        for (int i = 0; i < RECORDS; i++) {
            if (!rejected.contains(i)) {
                JsonNode expected = MAPPER.readTree(sent.get(i).toString());
                JsonNode read = found.getOrDefault(i, MissingNode.getInstance());
                assertThat(isSame(expected, read))
                        .as("record %s was read as %s", expected, read)
                        .isTrue();
            }
        }
    }

    private static boolean isSame(JsonNode sent, JsonNode read) {
        if (sent.isNull() || sent.isMissingNode()) {
            return read.isNull() || read.isMissingNode();
        }
        if (sent.isObject()) {
            return read.isObject()
                    && sent.propertyStream().allMatch(field -> isSame(field.getValue(), read.path(field.getKey())));
        }
        if (sent.isArray()) {
            return read.isArray() && sent.size() == read.size() && elementsAreSame(sent, read);
        }
        if (read.isTextual()) {
            return read.textValue().equals(sent.asText()) || isNumber(sent, read.textValue());
        }
        return (sent.isNumber() && read.isNumber()) ? areEqual(sent, read) : sent.equals(read);
    }

    private static boolean areEqual(JsonNode sent, JsonNode read) {
        boolean sameDouble = !sent.isIntegralNumber() && sent.doubleValue() == read.doubleValue();
        return sameDouble || sent.decimalValue().compareTo(read.decimalValue()) == 0;
    }

    private static boolean elementsAreSame(JsonNode sent, JsonNode read) {
        for (int i = 0; i < sent.size(); i++) {
            if (!isSame(sent.get(i), read.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(JsonNode sent, String text) {
        return sent.isNumber() && sent.decimalValue().compareTo(new BigDecimal(text)) == 0;
    }
}
