package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchDirectoryTest {

    @Test
    void leavesNothingWhenItIsClosed() throws IOException {
        ScratchDirectory scratch = ScratchDirectory.create("test");
        Path file = Files.writeString(scratch.newFile("some"), "text");

        scratch.close();

        assertThat(file).doesNotExist();
        assertThat(scratch.path()).doesNotExist();
        assertThat(scratch.path().resolveSibling(scratch.path().getFileName() + ".lock"))
                .doesNotExist();
    }

    @Test
    void removesWhatAKilledProcessHasLeft() throws IOException {
        try (ScratchDirectory alive = ScratchDirectory.create("test")) {
            Path dead = Files.createTempDirectory(alive.path().getParent(), "duckfleet-dead-");
            Files.writeString(dead.resolve("chunk-1"), "text");
            Files.createDirectory(dead.resolve("spill-1"));
            Path lock = Files.createFile(dead.resolveSibling(dead.getFileName() + ".lock"));

            try (ScratchDirectory next = ScratchDirectory.create("test")) {
                assertThat(dead).doesNotExist();
                assertThat(lock).doesNotExist();
                assertThat(alive.path()).exists();
                assertThat(next.path()).exists();
            }
        }
    }

    @Test
    void keepsItsFolderFromOtherProcessesWhenItHasMadeAnother() throws IOException, InterruptedException {
        try (ScratchDirectory first = ScratchDirectory.create("test");
                ScratchDirectory second = ScratchDirectory.create("test")) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName())
                    .inheritIO()
                    .start();

            assertThat(other.waitFor()).isZero();
            assertThat(first.path()).exists();
            assertThat(second.path()).exists();
        }
    }

    /// Makes a folder, which removes those of dead processes.
    static final class OtherProcess {

        public static void main(String[] arguments) {
            ScratchDirectory.create("test").close();
        }
    }
}
