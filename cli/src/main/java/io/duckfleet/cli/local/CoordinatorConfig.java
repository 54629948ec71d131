package io.duckfleet.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The coordinator's `config.json`: the user's own; or, for the sample tables, the root's one where the
/// fleet has its standard ports, else one that is written into the data directory.
final class CoordinatorConfig {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CoordinatorConfig() {}

    static Path fileFor(LocalFleetSettings settings) {
        if (settings.own().isPresent()) {
            return settings.own().get().file();
        }
        return settings.ports().equals(PortLayout.STANDARD)
                ? settings.installation().standardConfig()
                : write(settings.data().config(), settings.ports());
    }

    private static Path write(Path file, PortLayout ports) {
        try {
            return Files.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content(ports)));
        } catch (IOException e) {
            throw new CommandFailure(
                    "the coordinator's configuration can't be written to %s: %s".formatted(file, e), e);
        }
    }

    /// The configuration of the sample fleet at `ports`.
    static Map<String, Object> content(PortLayout ports) {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (SampleTable table : SampleTable.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("url", "http://localhost");
            entry.put("port", ports.node(table));
            entry.put("table_name", table.table());
            tables.put(table.table(), entry);
        }
        return Map.of("tables", tables);
    }
}
