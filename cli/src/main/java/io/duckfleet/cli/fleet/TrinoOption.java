package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.LocalTrino;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.trino.TrinoInstaller;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whether Trino runs beside the fleet.
final class TrinoOption {

    @Option(
            names = "--with-trino",
            description =
                    "Runs Trino beside the fleet, over the lake as Iceberg tables; then \"engine\": \"trino\" works."
                            + " Its server is fetched once (821 MB) to DUCKFLEET_TRINO, else ~/.duckfleet/trino, from the Maven repository"
                            + " that DUCKFLEET_MAVEN_REPOSITORY or Maven's settings name, else Maven Central.")
    private boolean wanted;

    @Option(
            names = "--trino-memory",
            paramLabel = "MB",
            defaultValue = "2048",
            description = "How much heap Trino may have. Default: 2048")
    private int megabytes = LocalTrino.USUAL_HEAP;

    /// Trino, installed, if it is wanted.
    Optional<LocalTrino> install(Progress progress) {
        if (!wanted) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LocalTrino(TrinoInstaller.standard(progress).install(), megabytes));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--trino-memory: %s".formatted(e.getMessage()));
        }
    }
}
