package io.duckfleet.coordinator.overview;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.catalogue.CatalogueService;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers what is known of nodes and lake. Thread-safe.
public final class Overview {

    static final String HEALTHY = "healthy";

    private final Fleet fleet;
    private final FleetConfigFile file;
    private final LocalDatabase database;
    private final CatalogueService catalogue;

    public Overview(FleetConfigFile file, Fleet fleet, LocalDatabase database, CatalogueService catalogue) {
        this.file = file;
        this.fleet = fleet;
        this.database = database;
        this.catalogue = catalogue;
    }

    /// The tables of nodes and lake; a lake that can't be read has none.
    List<TableListing> tables() {
        List<TableListing> tables = new ArrayList<>(fleet.config().tables().stream()
                .map(fleet::state)
                .map(TableListing::of)
                .toList());
        tables.addAll(lakeTables());
        return tables;
    }

    /// The nodes that can't be asked, the configuration if it can't be used, and the lake if it can't be
    /// read, each with its reason.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        file.problem().ifPresent(problem -> problems.add("configuration: " + problem));
        for (FleetTable table : fleet.config().tables()) {
            fleet.state(table).complaints().stream()
                    .map(complaint -> "table %s: %s".formatted(table.name(), complaint))
                    .forEach(problems::add);
        }
        if (!database.lakeProblem().isEmpty()) {
            problems.add("lake: " + database.lakeProblem());
        }
        return problems;
    }

    /// How a coordinator with these problems is.
    static String health(List<String> problems) {
        return problems.isEmpty() ? HEALTHY : "degraded";
    }

    /// All nodes, each with the table that it holds or has a part of.
    List<NodeListing> nodes() {
        return fleet.config().tables().stream()
                .flatMap(table -> NodeListing.of(fleet.state(table)).stream())
                .toList();
    }

    private List<TableListing> lakeTables() {
        try (LocalSession session = database.open()) {
            if (!session.lakeAttached()) {
                return List.of();
            }
            Map<String, Long> records = catalogue.recordCounts();
            return session.lakeSchema().tables().stream()
                    .map(table -> TableListing.ofLake(table, Optional.ofNullable(records.get(table.name()))))
                    .toList();
        } catch (FleetException e) {
            return List.of();
        }
    }
}
