package io.duckfleet.coordinator.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoSettingsTest {

    private static final Optional<String> PASSWORD = Optional.of("very-secret");

    @Test
    void sendsAPasswordByHttpsAlone() {
        TrinoSettings settings = settings("https://trino.example", PASSWORD);

        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:trino://trino.example:443/iceberg/public");
        assertThat(settings.properties()).containsEntry("SSL", "true").containsEntry("password", "very-secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("http://trino:8080", PASSWORD))
                .withMessageNotContaining("very-secret");
    }

    @Test
    void printsNoPassword() {
        assertThat(settings("https://trino.example", PASSWORD)).asString().doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trino:8080",
                "ftp://trino",
                "http:///x",
                "http://trino:8080/path",
                "http://ada:very-secret@trino"
            })
    void refusesWhatIsNoAddressOfAService(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url, Optional.empty()))
                .withMessageNotContaining("very-secret");
    }

    private static TrinoSettings settings(String url, Optional<String> password) {
        return new TrinoSettings(URI.create(url), "duckfleet", password, "iceberg", "public");
    }
}
