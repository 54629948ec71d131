package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UnpackedLibraryTest {

    private static final String OPEN = "open";

    @Test
    void isNotLeftByAKilledProcess(@TempDir Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpensDuckDb.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo(OPEN);
        }
        process.destroyForcibly().waitFor();

        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".so"));
    }

    /// Opens an instance, asks it, and stays.
    static final class OpensDuckDb {

        public static void main(String[] arguments) throws InterruptedException {
            try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(Path.of(arguments[0])));
                    Session session = database.open()) {
                System.out.println(session.queryLong("SELECT 1") == 1 ? OPEN : "");
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }
}
