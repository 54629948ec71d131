package io.duckfleet.cli.fleet;

import io.duckfleet.cli.extensions.ExtensionInstaller;
import io.duckfleet.cli.local.DemoDirectory;
import io.duckfleet.cli.local.Installation;
import io.duckfleet.cli.local.LocalFleet;
import io.duckfleet.cli.local.LocalFleetSettings;
import io.duckfleet.cli.local.LocalTrino;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet demo`.
@Command(
        name = "demo",
        description = {
            "Runs a whole fleet with sample data until Ctrl-C: three data nodes, coordinator, sidecar, S3 and Postgres.",
            "Its data are in a temporary folder, which goes with it. When a part of it dies, everything is stopped and the exit code is 1."
        })
public final class DemoCommand implements Runnable {

    @Mixin
    private final PortOption ports = new PortOption();

    @Mixin
    private final TrinoOption trino = new TrinoOption();

    @Option(names = "--open", description = "Opens the coordinator's page in the browser when the fleet is up.")
    private boolean open;

    @Override
    public void run() {
        long begin = System.nanoTime();
        Progress progress = Progress.to(Terminal.standard().out());
        PortLayout layout = ports.layout().orElse(PortLayout.STANDARD);
        ExtensionInstaller.standard(progress).installNeeded();
        Optional<LocalTrino> withTrino = trino.install(progress);
        DemoDirectory directory = DemoDirectory.create();
        progress.say("Starting a fleet in %s".formatted(directory.data().root()));
        LocalFleetSettings settings =
                new LocalFleetSettings(Installation.current(), directory.data(), layout).with(withTrino);
        try (LocalFleet fleet = LocalFleet.start(settings, progress, directory::delete)) {
            progress.step("table trips", fleet::loadTrips);
            progress.say("The fleet is up after %s."
                    .formatted(Progress.seconds(Duration.ofNanos(System.nanoTime() - begin))));
            new ThingsToTry(settings).lines().forEach(progress::say);
            progress.say("Ctrl-C stops it.");
            if (open) {
                Browser.open(fleet.coordinator(), progress);
            }
            String dead = fleet.firstDeath().join();
            throw new CommandFailure(
                    "%s has ended by itself, so the fleet is stopped; %s".formatted(dead, fleet.logExcerpt(dead)));
        }
    }
}
