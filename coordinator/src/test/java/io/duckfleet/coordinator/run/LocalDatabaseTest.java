package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {

    /// Sorts 3 million rows, some 180 MB.
    private static final String LARGE =
            "CREATE TEMP TABLE sorted AS SELECT hash(i) AS h, md5(i::VARCHAR) AS m FROM range(3000000) t(i) ORDER BY h";

    @TempDir
    private Path folder;

    private ScratchDirectory scratch;
    private ScratchDirectory spill;

    @BeforeEach
    void create() {
        scratch = ScratchDirectory.create("test");
        spill = ScratchDirectory.in(folder, "spill");
    }

    @AfterEach
    void remove() {
        scratch.close();
        spill.close();
    }

    @Test
    void spillsToDiskWhatDoesNotFitIntoMemory() {
        try (LocalDatabase database = database(4L << 30);
                LocalSession session = database.open()) {
            session.session().execute(LARGE);

            assertThat(session.session().queryLong("SELECT count(*) FROM sorted"))
                    .isEqualTo(3_000_000);
            assertThat(session.session().queryLong("SELECT sum(size)::BIGINT FROM duckdb_temporary_files()"))
                    .isPositive();
            assertThat(spill.path()).isNotEmptyDirectory();
        }
    }

    @Test
    void failsAloneWhenMemoryAndDiskAreUsedUp() {
        try (LocalDatabase database = database(10 << 20);
                LocalSession greedy = database.open();
                LocalSession modest = database.open()) {
            assertThatThrownBy(() -> greedy.session().execute(LARGE))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT));

            assertThat(modest.session().queryLong("SELECT sum(i)::BIGINT FROM range(1000) t(i)"))
                    .isEqualTo(499_500);
        }
    }

    @Test
    void givesAnotherInstanceAfterAnInternalErrorAndLetsTheOldOneEndInPeace() {
        try (LocalDatabase database = database(4L << 30);
                LocalSession poisoned = database.open();
                LocalSession bystander = database.open()) {
            database.rebuild(poisoned);
            database.rebuild(bystander);

            assertThat(bystander.session().queryLong("SELECT 1")).isEqualTo(1);
            try (LocalSession fresh = database.open()) {
                assertThat(fresh.session().queryLong("SELECT 2")).isEqualTo(2);
                assertThat(database.sessions()).isEqualTo(3);
            }
        }
    }

    @Test
    void knowsItsMemoryLimit() {
        try (LocalDatabase database = database(4L << 30)) {
            assertThat(database.memoryLimit()).isBetween(63L << 20, 65L << 20);
        }
    }

    private LocalDatabase database(long maxSpill) {
        DuckDbSettings settings = DuckDbSettings.in(spill.path())
                .withMemoryLimit(Optional.of("64MiB"))
                .withThreads(OptionalInt.of(2))
                .withMaxSpill(maxSpill);
        return new LocalDatabase(settings, scratch.path(), Optional.empty());
    }
}
