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
            description = "How much heap Trino may have. Default: " + LocalTrino.USUAL_HEAP)
    private Optional<Integer> megabytes = Optional.empty();

    /// Trino, installed, if it is wanted.
    Optional<LocalTrino> install(Progress progress) {
        if (!wanted) {
            if (megabytes.isPresent()) {
                throw CommandFailure.usage("--trino-memory is for --with-trino; add that, or leave it out");
            }
            return Optional.empty();
        }
        try {
            int heap = megabytes.orElse(LocalTrino.USUAL_HEAP);
            LocalTrino.checkHeap(heap);
            return Optional.of(new LocalTrino(TrinoInstaller.standard(progress).install(), heap));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--trino-memory: %s".formatted(e.getMessage()));
        }
    }
}
