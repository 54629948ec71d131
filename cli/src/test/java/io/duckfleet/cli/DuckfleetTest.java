package io.duckfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.cli.local.PortLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DuckfleetTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "start",
                "stop",
                "status",
                "query",
                "explain",
                "tables",
                "ingest",
                "generate",
                "stats",
                "archive",
                "maintain",
                "extensions",
                "doctor",
                "test"
            })
    void explainsEachCommand(String command) {
        int exitCode = run(command, "--help");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).startsWith("Usage: duckfleet " + command);
    }

    @Test
    void saysWhichMaintenanceTasksThereAre() {
        assertThat(run("maintain", "merge", "sweep")).isEqualTo(2);

        assertThat(err.toString()).startsWith("\"sweep\" is no task; there are merge, sync, expire, cleanup, orphans");
    }

    @Test
    void generatesTheSameRecordsForTheSameSeed(@TempDir Path folder) throws IOException {
        Path lines = folder.resolve("a.jsonl");
        Path array = folder.resolve("a.json");

        assertThat(run("generate", "--type", "event", "--count", "1200", "--seed", "5", "--output", lines.toString()))
                .isZero();
        assertThat(run("generate", "--type", "EVENT", "-n", "1200", "--seed", "5", "--output", array.toString()))
                .isZero();

        assertThat(Files.readAllLines(lines)).hasSize(1200);
        assertThat(Files.readString(array).strip()).isEqualTo("[" + String.join(",", Files.readAllLines(lines)) + "]");
    }

    @Test
    void refusesToGenerateToTwoPlaces() {
        assertThat(run("generate", "--table", "t", "--output", "f")).isEqualTo(2);
        assertThat(run("generate", "--type", "log")).isEqualTo(2);
        assertThat(run("generate", "--count", "-1")).isEqualTo(2);
    }

    @Test
    void namesEveryCommandInItsHelp() {
        int exitCode = run("--help");

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains(
                        "demo",
                        "start",
                        "stop",
                        "status",
                        "query",
                        "tables",
                        "ingest",
                        "generate",
                        "stats",
                        "archive",
                        "data-node",
                        "coordinator",
                        "sidecar",
                        "extensions",
                        "doctor",
                        "test")
                .doesNotContain("storage");
    }

    @Test
    void wantsACommand() {
        int exitCode = run();

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("a command is missing");
    }

    @Test
    void refusesAnUnknownCommandWithSuggestions() {
        int exitCode = run("qery");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("query");
    }

    @Test
    void refusesToIngestWithoutATableOrAFile() {
        assertThat(run("ingest", "x.jsonl")).isEqualTo(2);
        assertThat(err.toString()).contains("--table");
        assertThat(run("ingest", "no-such-file.jsonl", "--table", "t")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file no-such-file.jsonl");
    }

    @Test
    void refusesToArchiveWithoutADay() {
        assertThat(run("archive", "t", "--output", "x.parquet")).isEqualTo(2);
        assertThat(run("archive", "t", "--output", "x.parquet", "--before", "soon"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("YYYY-MM-DD");
    }

    @Test
    void refusesAQueryWithoutSql() {
        assertThat(run("query")).isEqualTo(2);
        assertThat(err.toString()).contains("SQL");
    }

    @Test
    void refusesAnUnknownFormat() {
        assertThat(run("query", "SELECT 1", "--format", "xls")).isEqualTo(2);
        assertThat(err.toString()).contains("xls");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThat(run("query", "SELECT 1", "--url", "localhost")).isEqualTo(2);
        assertThat(err.toString()).contains("\"localhost\" is no address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "65530", "-1"})
    void refusesAPortBaseOutOfRange(String base) {
        assertThat(run("start", "--port-base=" + base, "--data-dir", "unused")).isEqualTo(2);
        assertThat(err.toString()).contains("from 1024 to 65513");
    }

    @Test
    void saysHowToStartAFleetWhenNoneAnswers() {
        int exitCode =
                run("tables", "--url", "http://127.0.0.1:" + PortLayout.free().coordinator());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("no coordinator answers").contains("duckfleet demo");
    }

    @Test
    void hasNoStatusOfAFleetThatNeverRan(@TempDir Path folder) {
        int exitCode = run("status", "--data-dir", folder.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("no fleet was started in");
    }

    private int run(String... arguments) {
        CommandLine line = Duckfleet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<CommandLine> commands = List.copyOf(line.getSubcommands().values());
        commands.forEach(command -> command.setOut(line.getOut()).setErr(line.getErr()));
        return line.execute(arguments);
    }
}
