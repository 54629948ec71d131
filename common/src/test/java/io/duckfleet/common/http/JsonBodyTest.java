package io.duckfleet.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private record Body(
            @Nullable String query,
            @Nullable Long limit,
            @Nullable List<Map<String, Object>> records) {}

    @Test
    void readsAnObjectAndIgnoresWhatItDoesNotKnow() {
        Body body = read("{\"query\":\"SELECT 1\",\"limit\":3,\"later\":true}");

        assertThat(body).isEqualTo(new Body("SELECT 1", 3L, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"query": 5}             | query
            {"limit": "5"}           | limit
            {"records": 7}           | records
            {"records": [1]}         | records[0]
            []                       | body
            """)
    void namesTheFieldOfTheWrongType(String json, String field) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> read(json));

        assertThat(errors(error)).extracting(FieldError::field).containsExactly(field);
    }

    @Test
    void tellsLineAndColumnOfBrokenJson() {
        FleetException error = catchThrowableOfType(FleetException.class, () -> read("{\n  \"query\": oops}"));

        assertThat(error.extensions()).containsEntry("line", 2).containsKey("column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"query\":", "{\"records\": [{\"a\": 1", "{\"records\": [{\"a\": [1, ", "{\"query\": \"open"})
    void tellsOfWhatEndsTooSoonNothingButThat(String json) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> read(json));

        assertThat(error.detail()).contains("is not JSON (line 1").doesNotContain("Source", "REDACTED", "Feature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NOTHING",
            value = {"''", "null", "{} {}"})
    void refusesWhatIsNoSingleObject(String json) {
        assertThat(catchThrowableOfType(FleetException.class, () -> read(json))).isNotNull();
    }

    private static Body read(String json) {
        return JsonBody.read(json.getBytes(StandardCharsets.UTF_8), Body.class);
    }

    @SuppressWarnings("unchecked")
    private static List<FieldError> errors(FleetException error) {
        return (List<FieldError>) error.extensions().getOrDefault("errors", List.of());
    }
}
