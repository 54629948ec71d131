package io.duckfleet.cli.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.local.FleetStatus;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet status`.
@Command(
        name = "status",
        description =
                "Tells how each part of the fleet in the background is. Exit code 0 when all are healthy, else 1.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final DataDirOption data = new DataDirOption();

    @Option(names = "--json", description = "As JSON, with addresses and the credentials of S3.")
    private boolean json;

    @Override
    public Integer call() {
        FleetStatus status =
                BackgroundFleet.in(data.directory(), Optional.empty()).status();
        Terminal terminal = Terminal.standard();
        if (json) {
            terminal.out().println(json(status));
        } else {
            table(status).linesFor(terminal).forEach(terminal.out()::println);
        }
        return status.allHealthy() ? 0 : 1;
    }

    private static TextTable table(FleetStatus status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "coordinator",
                status.coordinator().health(),
                status.coordinator().url(),
                ""));
        rows.add(List.of("sidecar", status.sidecar().health(), status.sidecar().url(), ""));
        status.nodes()
                .forEach(node -> rows.add(List.of(
                        "node " + node.table(),
                        node.health(),
                        node.url(),
                        node.rows().isPresent() ? Long.toString(node.rows().getAsLong()) : "")));
        rows.add(List.of("S3", status.s3().health(), status.s3().endpoint(), ""));
        String catalog = "%s:%d/%s"
                .formatted(
                        status.catalog().host(),
                        status.catalog().port(),
                        status.catalog().database());
        rows.add(List.of("Postgres", status.catalog().health(), catalog, ""));
        status.trino().ifPresent(trino -> rows.add(List.of("Trino", trino.health(), trino.url(), "")));
        return new TextTable(List.of("component", "health", "address", "rows"), rows);
    }

    /// The wire form, with an absent number of rows as null.
    static String json(FleetStatus status) {
        try {
            return new ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(status);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("the status can't be written: " + e.getMessage(), e);
        }
    }
}
