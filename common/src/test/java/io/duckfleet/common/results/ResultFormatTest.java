package io.duckfleet.common.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultFormatTest {

    @Test
    void takesTheParameterBeforeTheHeader() {
        ResultFormat format = ResultFormat.choose(Optional.of("CSV"), List.of(MediaType.APPLICATION_JSON_TYPE));

        assertThat(format).isEqualTo(ResultFormat.CSV);
    }

    @Test
    void takesTheFirstAcceptedTypeThatIsServed() {
        List<MediaType> accepted = List.of(
                MediaType.TEXT_HTML_TYPE, new MediaType("application", "vnd.apache.parquet"), MediaType.WILDCARD_TYPE);

        assertThat(ResultFormat.choose(Optional.empty(), accepted)).isEqualTo(ResultFormat.PARQUET);
    }

    @Test
    void takesJsonWhenAnythingGoes() {
        assertThat(ResultFormat.choose(Optional.empty(), List.of(MediaType.WILDCARD_TYPE)))
                .isEqualTo(ResultFormat.JSON);
    }

    @Test
    void refusesWhatIsNotServed() {
        assertThatThrownBy(() -> ResultFormat.choose(Optional.empty(), List.of(MediaType.TEXT_XML_TYPE)))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("application/x-ndjson");
        assertThatThrownBy(() -> ResultFormat.choose(Optional.of("xml"), List.of()))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("\"xml\" is unknown");
    }
}
