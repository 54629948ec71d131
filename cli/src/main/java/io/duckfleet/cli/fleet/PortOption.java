package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.PortLayout;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a fleet listens.
final class PortOption {

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description =
                    "Moves all ports: coordinator N, sidecar N+1, data nodes from N+11, S3 N+20, Postgres N+21, Trino N+22."
                            + " Without it: 8000, 8001, 8011 to 8013, 9100, 54320, 8022.")
    private Optional<Integer> base = Optional.empty();

    /// The layout that was asked for, if one was.
    Optional<PortLayout> layout() {
        return base.map(PortLayout::basedOn);
    }
}
