package io.duckfleet.cli.fleet;

import io.duckfleet.cli.extensions.ExtensionInstaller;
import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.local.LocalTrino;
import io.duckfleet.cli.local.OwnConfig;
import io.duckfleet.cli.local.TrinoNote;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet start`.
@Command(
        name = "start",
        description = {
            "Starts a fleet in the background, with the sample tables; its data stay in the data directory when it is stopped.",
            "Where a fleet runs in part, what is missing is started.",
            "With --config, a data node is started for each \"s3_url\" in the file, in place of the sample tables; these nodes read",
            "the S3 that AWS_* variables tell of, or else the fleet's own."
        })
public final class StartCommand implements Runnable {

    @Mixin
    private final DataDirOption data = new DataDirOption();

    @Mixin
    private final PortOption ports = new PortOption();

    @Mixin
    private final TrinoOption withTrino = new TrinoOption();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The coordinator's configuration for tables of your own, with \"s3_url\" beside \"url\" and \"port\".")
    private Optional<Path> config = Optional.empty();

    @Override
    public void run() {
        long begin = System.nanoTime();
        Progress progress = Progress.to(Terminal.standard().out());
        ExtensionInstaller.standard(progress).installNeeded();
        BackgroundFleet fleet = fleet(withTrino.install(progress));
        progress.say(
                "Starting the fleet in %s".formatted(fleet.settings().data().root()));
        fleet.start(progress);
        progress.say(
                "The fleet is up after %s.".formatted(Progress.seconds(Duration.ofNanos(System.nanoTime() - begin))));
        new ThingsToTry(fleet.settings()).lines().forEach(progress::say);
    }

    /// Without `--config`, what runs of a fleet is made whole; where none runs, it is that of the samples.
    /// Trino stays while the fleet runs, and comes when it is asked for.
    private BackgroundFleet fleet(Optional<LocalTrino> wanted) {
        BackgroundFleet samples = BackgroundFleet.in(data.directory(), ports.layout(), Optional.empty(), wanted);
        Optional<LocalTrino> trino = samples.runs() ? wanted.or(new TrinoNote(data.directory())::read) : wanted;
        if (config.isPresent() || !samples.runs()) {
            return BackgroundFleet.in(data.directory(), ports.layout(), config.map(OwnConfig::read), trino);
        }
        return BackgroundFleet.in(data.directory(), ports.layout()).with(trino);
    }
}
