package io.duckfleet.cli.maintain;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.ingest.SidecarOption;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.cli.terminal.TextTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `duckfleet maintain [TASK ..]`.
@Command(
        name = "maintain",
        description = "Maintains the lake now: merges small files, expires snapshots, removes files nobody needs.")
public final class MaintainCommand implements Runnable {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /// The tasks, in the order in which they are done.
    enum Task {
        merge,
        sync,
        expire,
        cleanup,
        orphans
    }

    /// As texts: a value that can't be converted picocli takes for one argument too many.
    @Parameters(
            paramLabel = "TASK",
            description = "merge, sync, expire, cleanup, orphans; without one, merge, expire and cleanup")
    private List<String> tasks = List.of("merge", "expire", "cleanup");

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @Mixin
    private final SidecarOption sidecar = new SidecarOption();

    @Option(names = "--url", paramLabel = "URL", description = "The same as --sidecar-url.")
    private Optional<String> url = Optional.empty();

    private final JsonClient http = new JsonClient();

    @Override
    public void run() {
        List<List<String>> rows = new ArrayList<>();
        for (Task task : tasks.stream().map(this::task).toList()) {
            rows.add(run(task));
        }
        Terminal terminal = Terminal.standard();
        new TextTable(List.of("task", "done", "finished", "seconds"), rows)
                .linesFor(terminal)
                .forEach(terminal.out()::println);
    }

    private Task task(String name) {
        return Arrays.stream(Task.values())
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        specification.commandLine(),
                        "\"%s\" is no task; there are %s"
                                .formatted(
                                        name,
                                        Arrays.stream(Task.values())
                                                .map(Task::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private List<String> run(Task task) {
        String path = "/maintenance/" + task;
        URI address = url.map(given -> SidecarOption.resolve(given, path)).orElseGet(() -> sidecar.resolve(path));
        try {
            HttpRequest request = SidecarOption.adminRequest(address)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            JsonClient.Answer answer = http.send(request, DEADLINE);
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
            throw new CommandFailure(
                    "no sidecar answers at %s: %s".formatted(address.getAuthority(), e.getMessage()), e);
        }
    }
}
