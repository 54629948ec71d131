package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {

    private static final long MEBIBYTE = 1L << 20;

    @Test
    void leavesRoomForJavaInASmallContainer() {
        MemoryBudget budget = new MemoryBudget(512 * MEBIBYTE, 128 * MEBIBYTE);

        assertThat(budget.duckDbLimit()).isEqualTo("144MiB");
    }

    @Test
    void givesDuckDbALeastShareWhereNothingIsLeft() {
        MemoryBudget budget = new MemoryBudget(256 * MEBIBYTE, 128 * MEBIBYTE);

        assertThat(budget.duckDbLimit()).isEqualTo("64MiB");
    }

    @Test
    void isInForceWhereNoLimitIsConfigured(@TempDir Path scratch) {
        String expected = MemoryBudget.ofThisProcess().duckDbLimit();

        try (DuckDb open = DuckDb.inMemory(DuckDbSettings.in(scratch))) {
            String limit = open.withSession(session -> session.queryText("SELECT current_setting('memory_limit')"));

            assertThat(mebibytes(limit)).isCloseTo(mebibytes(expected), withPercentage(2));
        }
    }

    /// DuckDB prints limits as `13.4 GiB` or `144.0 MiB`.
    private static double mebibytes(String text) {
        double number = Double.parseDouble(text.replaceAll("[^0-9.]", ""));
        return text.contains("GiB") ? number * 1024 : number;
    }
}
