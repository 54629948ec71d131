package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.StorageSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A fleet on this machine: the programs it consists of, where its data stand, its ports, its own tables in
/// place of the samples, if it has such, and a Trino beside it, if there is to be one.
public record LocalFleetSettings(
        Installation installation,
        DataDirectory data,
        PortLayout ports,
        Optional<OwnConfig> own,
        Optional<LocalTrino> trino) {

    /// A fleet with the sample tables.
    public LocalFleetSettings(Installation installation, DataDirectory data, PortLayout ports) {
        this(installation, data, ports, Optional.empty(), Optional.empty());
    }

    /// The same with Trino, or without.
    public LocalFleetSettings with(Optional<LocalTrino> wanted) {
        return new LocalFleetSettings(installation, data, ports, own, wanted);
    }

    /// The data nodes to run.
    public List<FleetNode> nodes() {
        return own.map(OwnConfig::nodes).orElseGet(() -> FleetNode.samples(ports));
    }

    /// Every port that is needed, by the name of the component that listens there.
    public Map<String, Integer> portsByComponent() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put(FleetServices.COORDINATOR, ports.coordinator());
        all.put(FleetServices.SIDECAR, ports.sidecar());
        nodes().forEach(node -> all.put(node.component(), node.port()));
        all.put(PortLayout.S3, ports.s3());
        all.put(PortLayout.POSTGRES, ports.postgres());
        trino.ifPresent(_ -> all.put(TrinoService.NAME, ports.trino()));
        return Collections.unmodifiableMap(all);
    }

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
