package io.duckfleet.cli.maintain;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.cli.terminal.TextTable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `duckfleet maintain [TASK ..]`.
@Command(
        name = "maintain",
        description = "Maintains the lake now: merges small files, expires snapshots, removes files nobody needs.")
public final class MaintainCommand implements Runnable {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /// The tasks, in the order in which they are done.
    enum Task {
        merge,
        expire,
        cleanup,
        orphans
    }

    @Parameters(paramLabel = "TASK", description = "${COMPLETION-CANDIDATES}; without one, the first three")
    private List<Task> tasks = List.of(Task.merge, Task.expire, Task.cleanup);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:SIDECAR_URL:-http://localhost:8001}",
            description = "The sidecar's address. Default: SIDECAR_URL, else http://localhost:8001")
    private String url = "";

    private final JsonClient http = new JsonClient();

    @Override
    public void run() {
        URI base = base();
        List<List<String>> rows = new ArrayList<>();
        for (Task task : tasks) {
            rows.add(run(base, task));
        }
        Terminal terminal = Terminal.standard();
        new TextTable(List.of("task", "done", "finished", "seconds"), rows)
                .linesFor(terminal)
                .forEach(terminal.out()::println);
    }

    private URI base() {
        if (!url.matches("https?://[^/?#\\s]+/*")) {
            throw CommandFailure.usage(
                    "\"%s\" is no address of a sidecar; http://host:port was expected".formatted(url));
        }
        return URI.create(url.replaceFirst("/+$", ""));
    }

    private List<String> run(URI base, Task task) {
        try {
            JsonClient.Answer answer = http.post(base.resolve("/maintenance/" + task), new byte[0], DEADLINE);
            if (!answer.succeeded()) {
                throw new CommandFailure(
                        ProblemText.of(answer.status(), answer.body(), "").toString());
            }
            return List.of(
                    task.name(),
                    answer.body().path("done").asText(),
                    answer.body().path("finished").asBoolean() ? "yes" : "no, run it again",
                    answer.body().path("duration_seconds").asText());
        } catch (IOException e) {
            throw new CommandFailure("no sidecar answers at %s: %s".formatted(base, e.getMessage()), e);
        }
    }
}
