package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {

    private static final int PROCESSES = 4;

    @Test
    void leavesNothingWhenItIsClosed() throws IOException {
        ScratchDirectory scratch = ScratchDirectory.create("test");
        Path file = Files.writeString(scratch.newFile("some"), "text");

        scratch.close();

        assertThat(file).doesNotExist();
        assertThat(scratch.path()).doesNotExist();
        assertThat(lockOf(scratch.path())).doesNotExist();
    }

    @Test
    void removesWhatAKilledProcessHasLeft() throws IOException {
        try (ScratchDirectory alive = ScratchDirectory.create("test")) {
            Path dead = leaveBehind(alive.path().resolveSibling(""), "duckfleet-dead-");

            try (ScratchDirectory next = ScratchDirectory.create("test")) {
                assertThat(dead).doesNotExist();
                assertThat(lockOf(dead)).doesNotExist();
                assertThat(alive.path()).exists();
                assertThat(next.path()).exists();
            }
        }
    }

    @Test
    void keepsItsFolderFromOtherProcessesWhenItHasMadeAnother() throws IOException, InterruptedException {
        try (ScratchDirectory first = ScratchDirectory.create("test");
                ScratchDirectory second = ScratchDirectory.create("test")) {
            Process other = start(OtherProcess.class);

            assertThat(other.waitFor()).isZero();
            assertThat(first.path()).exists();
            assertThat(second.path()).exists();
        }
    }

    @Test
    void keepsItsFolderFromProcessesThatMakeTheirs(@TempDir Path parent) throws IOException, InterruptedException {
        for (int i = 0; i < ManyFolders.FOLDERS; i++) {
            leaveBehind(parent, "duckfleet-dead-%d-".formatted(i));
        }
        List<Process> processes = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            processes.add(start(ManyFolders.class, parent.toString()));
        }

        for (Process process : processes) {
            assertThat(process.waitFor()).as("exit code").isZero();
        }
        assertThat(parent).isEmptyDirectory();
    }

    /// A folder as a killed process leaves it.
    private static Path leaveBehind(Path parent, String prefix) throws IOException {
        Path dead = Files.createTempDirectory(parent, prefix);
        Files.writeString(dead.resolve("chunk-1"), "text");
        Files.createDirectory(dead.resolve("spill-1"));
        Files.createFile(lockOf(dead));
        return dead;
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    private static Process start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    /// Makes folders one after another, and fails if one of them isn't there any more soon afterwards.
    static final class ManyFolders {

        private static final int FOLDERS = 300;

        public static void main(String[] arguments) {
            for (int i = 0; i < FOLDERS; i++) {
                try (ScratchDirectory next = ScratchDirectory.in(Path.of(arguments[0]), "other");
                        ScratchDirectory after = ScratchDirectory.in(Path.of(arguments[0]), "other")) {
                    if (Files.notExists(next.path()) || Files.notExists(after.path())) {
                        throw new IllegalStateException("somebody has removed a folder in use");
                    }
                }
            }
        }
    }

    /// Makes a folder, which removes those of dead processes.
    static final class OtherProcess {

        public static void main(String[] arguments) {
            ScratchDirectory.create("test").close();
        }
    }
}
