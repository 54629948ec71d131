package io.duckfleet.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypesTest {

    @TempDir
    Path folder;

    private DuckDb database;

    @BeforeEach
    void open() {
        database = DuckDb.inMemory(DuckDbSettings.in(folder));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BIGINT",
                "DECIMAL(18,3)",
                "TIMESTAMP WITH TIME ZONE",
                "STRUCT(a INTEGER, \"b c\" VARCHAR[])[3]",
                "MAP(VARCHAR, INTEGER)",
                "ENUM('x, y)', 'it''s')",
                "UNION(num INTEGER, str VARCHAR)"
            })
    void areTypes(String type) {
        assertThat(database.<String>withSession(session -> ColumnTypes.prove(session, type)))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INTEGER), (1",
                "INTEGER) FROM secrets --",
                "INTEGER); DROP TABLE t; SELECT (1",
                "INTEGER) WHERE (true",
                "AGGREGATE_STATE<sum(INTEGER)::HUGEINT>"
            })
    void areNothingElse(String text) {
        assertThatThrownBy(() -> database.<String>withSession(session -> ColumnTypes.prove(session, text)))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("is no type");
    }
}
