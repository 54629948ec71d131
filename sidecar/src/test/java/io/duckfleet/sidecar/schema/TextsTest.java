package io.duckfleet.sidecar.schema;

import static io.duckfleet.sidecar.schema.ValueKind.DATE_TEXT;
import static io.duckfleet.sidecar.schema.ValueKind.INT_TEXT;
import static io.duckfleet.sidecar.schema.ValueKind.TEXT;
import static io.duckfleet.sidecar.schema.ValueKind.TIMESTAMPTZ_TEXT;
import static io.duckfleet.sidecar.schema.ValueKind.TIMESTAMP_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-20", "2024-02-29", "0001-01-01", "9999-12-31"})
    void knowsDates(String text) {
        assertThat(Texts.kindOf(text)).isEqualTo(DATE_TEXT);
        assertThat(duckDb(text, "DATE")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-20T10:00:00",
                "2025-12-20 10:00:00",
                "2025-12-20T23:59:59.999999",
                "0001-01-01T00:00:00.1"
            })
    void knowsTimestamps(String text) {
        assertThat(Texts.kindOf(text)).isEqualTo(TIMESTAMP_TEXT);
        assertThat(duckDb(text, "TIMESTAMP")).isEqualTo(text.replace('T', ' '));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-20T10:00:00Z",
                "2025-12-20T11:00:00+01:00",
                "2025-12-20 11:00:00+01",
                "2025-12-20T04:30:00.0-05:30",
                "2025-12-20T10:00:00.000000+00:00"
            })
    void knowsTimestampsWithZones(String text) {
        assertThat(Texts.kindOf(text)).isEqualTo(TIMESTAMPTZ_TEXT);
        assertThat(duckDb(text, "TIMESTAMPTZ")).isEqualTo("2025-12-20 10:00:00+00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2025-02-29",
                "2025-13-01",
                "2025-1-1",
                "0000-01-01",
                "2025-12-20T",
                "2025-12-20T24:00:00",
                "2025-12-20T10:60:00",
                "2025-12-20T10:00",
                "2025-12-20T10:00:00.",
                "2025-12-20T10:00:00.1234567",
                "2025-12-20T10:00:00z",
                "2025-12-20T10:00:00 Europe/Berlin",
                "2025-12-20T10:00:00+1",
                "2025-12-20T10:00:00+0100",
                "2025-12-20x10:00:00",
                "-025-12-20",
                "007",
                "-0",
                "1.0",
                "1234567890123456",
                "12a",
                "-"
            })
    void leavesEverythingElseAsText(String text) {
        assertThat(Texts.kindOf(text)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "123456789012345"})
    void knowsIntegersInCanonicalForm(String text) {
        assertThat(Texts.kindOf(text)).isEqualTo(INT_TEXT);
    }

    @Test
    void findsHalfSurrogatePairs() {
        assertThat(Texts.hasLoneSurrogate("a😀b")).isFalse();
        assertThat(Texts.hasLoneSurrogate("a\ud83d")).isTrue();
        assertThat(Texts.hasLoneSurrogate("\ude00a")).isTrue();
        assertThat(Texts.hasLoneSurrogate("\ud83d\ud83d\ude00")).isTrue();
    }

    /// What DuckDB's JSON reader makes of the text.
    private static String duckDb(String text, String type) {
        try (DuckDb duckDb = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))))) {
            return duckDb.withSession(session -> session.queryText(
                    "SELECT CAST(from_json(?, '{\"v\":\"%s\"}').v AS VARCHAR)".formatted(type),
                    "{\"v\":\"%s\"}".formatted(text)));
        }
    }
}
