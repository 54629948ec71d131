package io.duckfleet.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @Test
    void comparesWithoutCase() {
        assertThat(new TableName("Labels"))
                .isEqualTo(new TableName("lABELS"))
                .hasSameHashCodeAs(new TableName("labels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a\"b", "a;drop", "naïve", "a.b", "select", "Table"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> new TableName(text)).isInstanceOf(FleetException.class);
    }

    @Test
    void refusesMoreThan64Characters() {
        assertThat(new TableName("a".repeat(64)).text()).hasSize(64);
        assertThatThrownBy(() -> new TableName("a".repeat(65))).isInstanceOf(FleetException.class);
    }

    @Test
    void quotesAnyIdentifier() {
        assertThat(Identifiers.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Identifiers.literal("o'x")).isEqualTo("'o''x'");
    }

    @Test
    void knowsAllReservedWords(@TempDir Path scratch) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch))) {
            List<String> words = database.withSession(session -> session.queryTexts(
                    "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"));

            assertThat(ReservedWords.all()).containsExactlyInAnyOrderElementsOf(words);
        }
    }
}
