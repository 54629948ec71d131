package io.duckfleet.cli.fleet;

import io.duckfleet.cli.extensions.ExtensionInstaller;
import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `duckfleet start`.
@Command(
        name = "start",
        description = {
            "Starts a fleet in the background, with the sample tables; its data stay in the data directory when it is stopped.",
            "Where a fleet runs in part, what is missing is started."
        })
public final class StartCommand implements Runnable {

    @Mixin
    private final DataDirOption data = new DataDirOption();

    @Mixin
    private final PortOption ports = new PortOption();

    @Override
    public void run() {
        long begin = System.nanoTime();
        Progress progress = Progress.to(Terminal.standard().out());
        ExtensionInstaller.standard(progress).installNeeded();
        BackgroundFleet fleet = BackgroundFleet.in(data.directory(), ports.layout());
        progress.say(
                "Starting the fleet in %s".formatted(fleet.settings().data().root()));
        fleet.start(progress);
        progress.say(
                "The fleet is up after %s.".formatted(Progress.seconds(Duration.ofNanos(System.nanoTime() - begin))));
        new ThingsToTry(fleet.settings().ports()).lines().forEach(progress::say);
    }
}
