package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.StorageSettings;
import java.nio.file.Path;

/// A fleet on this machine: the programs it consists of, where its data stand, and its ports.
public record LocalFleetSettings(Installation installation, DataDirectory data, PortLayout ports) {

    /// The current installation with its data in `folder`.
    public static LocalFleetSettings in(Path folder, PortLayout ports) {
        return new LocalFleetSettings(Installation.current(), new DataDirectory(folder), ports);
    }

    /// What the embedded storage has to know.
    public StorageSettings storage() {
        return new StorageSettings(
                data.objects(),
                ports.s3(),
                data.catalog(),
                ports.postgres(),
                data.log("postgres"),
                Path.of(System.getProperty("user.home"), ".duckfleet", "postgres"),
                SampleTable.files(installation.samples()));
    }
}
