package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.coordinator.fleet.ValueRange;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySpanTest {

    private static final Optional<ValueRange> TO_1000 = Optional.of(new ValueRange(0, 1000));

    @Test
    void keysThatSpanMostOfAColumnAreFramed() {
        assertThat(span("10", "900").frame("INTEGER", TO_1000))
                .contains("SELECT unnest([-2147483648, 2147483647]::INTEGER[]), false AS kept");
    }

    @Test
    void keysOfASmallPartAreNot() {
        assertThat(span("10", "400").frame("INTEGER", TO_1000)).isEmpty();
    }

    @Test
    void othersThanIntegersAreNot() {
        assertThat(span("10", "900").frame("DOUBLE", TO_1000)).isEmpty();
        assertThat(span("10", "900").frame("UBIGINT", TO_1000)).isEmpty();
    }

    @Test
    void norAreThoseOfAColumnOfWhichNothingIsKnown() {
        assertThat(span("10", "900").frame("INTEGER", Optional.empty())).isEmpty();
        assertThat(new KeySpan(false, Optional.empty(), Optional.empty()).frame("INTEGER", TO_1000))
                .isEmpty();
    }

    @Test
    void theSpanIsThatOfTheRows(@TempDir Path folder) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(folder))) {
            KeySpan some =
                    database.withSession(session -> KeySpan.of(session, "SELECT unnest([3, NULL, -7]::BIGINT[]) AS k"));
            KeySpan none = database.withSession(session -> KeySpan.of(session, "SELECT 1 AS k WHERE false"));

            assertThat(some).isEqualTo(new KeySpan(true, Optional.of("-7"), Optional.of("3")));
            assertThat(none).isEqualTo(new KeySpan(false, Optional.empty(), Optional.empty()));
        }
    }

    private static KeySpan span(String least, String greatest) {
        return new KeySpan(false, Optional.of(least), Optional.of(greatest));
    }
}
