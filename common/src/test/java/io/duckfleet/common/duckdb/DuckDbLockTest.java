package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbLockTest {

    @TempDir
    private Path scratch;

    private DuckDb database;

    @BeforeEach
    void lock() {
        database = TestDatabase.withNumbers(scratch);
        database.lock(List.of(scratch + "/"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM '/etc/passwd'",
                "COPY numbers TO '/tmp/elsewhere.csv'",
                "ATTACH '/tmp/elsewhere.duckdb'",
                "SET memory_limit = '1GB'",
                "SET enable_external_access = true",
                "SET lock_configuration = false",
                "INSTALL httpfs",
                "LOAD httpfs"
            })
    void refusesWhatLeavesTheInstance(String sql) {
        assertThatThrownBy(() -> database.withSession(session -> {
                    session.execute(sql);
                    return true;
                }))
                .isInstanceOf(FleetException.class);
    }

    @Test
    void stillWritesAndReadsItsScratchFolder() {
        long count = database.withSession(session -> {
            session.execute("COPY numbers TO '" + scratch + "/numbers.parquet' (FORMAT parquet)");
            return session.queryLong("SELECT count(*) FROM read_parquet('" + scratch + "/numbers.parquet')");
        });

        assertThat(count).isEqualTo(10);
    }

    @Test
    void dropsTheTempTablesOfASessionThatIsClosed() {
        database.withSession(session -> {
            session.execute("CREATE TEMP TABLE mine AS SELECT 1");
            return true;
        });

        List<String> tables = database.withSession(
                session -> session.queryTexts("SELECT table_name FROM duckdb_tables() WHERE temporary"));

        assertThat(tables).isEmpty();
    }
}
