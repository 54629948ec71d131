package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `duckfleet stop`.
@Command(name = "stop", description = "Stops the fleet that runs in the background. Its data stay.")
public final class StopCommand implements Runnable {

    @Mixin
    private final DataDirOption data = new DataDirOption();

    @Override
    public void run() {
        List<String> stopped = BackgroundFleet.in(
                        data.directory(), Optional.empty(), Optional.empty(), Optional.empty())
                .stop();
        Terminal.standard()
                .out()
                .println(
                        stopped.isEmpty()
                                ? "Nothing ran in %s".formatted(data.directory().root())
                                : "Stopped %s".formatted(String.join(", ", stopped)));
    }
}
