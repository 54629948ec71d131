package io.duckfleet.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    @Test
    void areIntegers() {
        assertThat(QueryParameters.integer("limit", Optional.of(" 12 "))).hasValue(12L);
        assertThat(QueryParameters.integer("limit", Optional.of("-3"))).hasValue(-3L);
        assertThat(QueryParameters.integer("limit", Optional.of("5"), 1, 5)).hasValue(5L);
    }

    @Test
    void areAbsentWhereNothingIsWritten() {
        assertThat(QueryParameters.integer("limit", Optional.empty(), 1, 5)).isEmpty();
        assertThat(QueryParameters.integer("limit", Optional.of(""), 1, 5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "0x1", "+1", "99999999999999999999", "0", "6"})
    void areNothingElse(String text) {
        assertThatThrownBy(() -> QueryParameters.integer("limit", Optional.of(text), 1, 5))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("an integer from 1 to 5 was expected, it is \"%s\"".formatted(text));
    }

    @Test
    void areToldTogether() {
        QueryParameters parameters = new QueryParameters();

        assertThat(parameters.read("limit", Optional.of("-1"), 0, Long.MAX_VALUE))
                .isEmpty();
        assertThat(parameters.read("offset", Optional.of("x"), 0, Long.MAX_VALUE))
                .isEmpty();

        FleetException refusal = catchThrowableOfType(FleetException.class, parameters::requireValid);
        assertThat(refusal.extensions().get("errors"))
                .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
                .isEqualTo(List.of(
                        new FieldError("limit", "an integer from 0 was expected, it is \"-1\""),
                        new FieldError("offset", "an integer from 0 was expected, it is \"x\"")));
    }
}
