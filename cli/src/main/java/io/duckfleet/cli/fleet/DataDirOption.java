package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which background fleet is meant: the one of a data directory.
final class DataDirOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the fleet keeps its data, logs and notes. Default: ~/.duckfleet/data")
    private Optional<Path> folder = Optional.empty();

    DataDirectory directory() {
        return folder.map(DataDirectory::new).orElseGet(DataDirectory::standard);
    }
}
