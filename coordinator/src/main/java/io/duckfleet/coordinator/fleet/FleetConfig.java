package io.duckfleet.coordinator.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `config.json` says: the tables on nodes, and, where a lake is wanted, its settings as variables
/// (`CATALOG_HOST` ..) that take precedence over those of the environment.
public record FleetConfig(List<FleetTable> tables, Optional<Map<String, String>> lake) {

    public FleetConfig {
        tables = List.copyOf(tables);
        lake = lake.map(Map::copyOf);
    }

    /// The table of that name, without case.
    public Optional<FleetTable> table(String name) {
        return tables.stream()
                .filter(table -> table.name().text().equalsIgnoreCase(name))
                .findFirst();
    }

    /// The table's entry, which must exist.
    public FleetTable require(String name) {
        return table(name).orElseThrow(() -> new IllegalStateException("no such table: " + name));
    }
}
