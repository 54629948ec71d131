package io.duckfleet.coordinator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            2025-10-01,                2025-10-01T00:00:00Z
            2025-10-01T10:00,          2025-10-01T10:00:00Z
            2025-10-01T10:00:05,       2025-10-01T10:00:05Z
            2025-10-01 10:00:05.25,    2025-10-01T10:00:05.250Z
            2025-10-01T10:00:05Z,      2025-10-01T10:00:05Z
            2025-10-01t10:00:05z,      2025-10-01T10:00:05Z
            2025-10-01T10:00:05+02:00, 2025-10-01T08:00:05Z
            2025-10-01 10:00:05+02,    2025-10-01T08:00:05Z
            """)
    void readsDatesAndTimestamps(String text, Instant moment) {
        assertThat(range(text, "2026-01-01").from()).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-13-01", "2025-02-30", "yesterday", "20251001", "2025-10-01T", "2025-10-01T25:00", ""})
    void refusesWhatIsNeither(String text) {
        assertThatThrownBy(() -> range(text, "2026-01-01"))
                .isInstanceOf(FleetException.class)
                .hasMessageStartingWith("start_date: YYYY-MM-DD");
    }

    @Test
    void hasTheWholeOfABareEndDate() {
        assertThat(range("2025-10-01", "2025-10-31").until()).isEqualTo("2025-11-01T00:00:00Z");
        assertThat(range("2025-10-01", "2025-10-31T00:00:00Z").until()).isEqualTo("2025-10-31T00:00:00Z");
    }

    @Test
    void hasBoundsInTheColumnsType() {
        DateRange range = range("2025-10-01T08:00:00Z", "2025-10-02");

        assertThat(range.boundsOf(new Field("d", "DATE"), "d"))
                .isEqualTo(new DateRange.Bounds("d", "DATE", "2025-10-02", "2025-10-03"));
        assertThat(range.boundsOf(new Field("t", "TIMESTAMP"), "t"))
                .isEqualTo(new DateRange.Bounds("t", "TIMESTAMP", "2025-10-01T08:00", "2025-10-03T00:00"));
        assertThat(range.boundsOf(new Field("s", "VARCHAR"), "s").value()).isEqualTo("TRY_CAST(s AS TIMESTAMPTZ)");
        assertThatThrownBy(() -> range.boundsOf(new Field("n", "BIGINT"), "n")).isInstanceOf(FleetException.class);
    }

    private static DateRange range(String start, String end) {
        return DateRange.of(Optional.of(start), Optional.of(end));
    }
}
