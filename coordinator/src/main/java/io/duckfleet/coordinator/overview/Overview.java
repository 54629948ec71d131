package io.duckfleet.coordinator.overview;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.util.ArrayList;
import java.util.List;

/// Gathers what is known of nodes and lake. Thread-safe.
public final class Overview {

    static final String HEALTHY = "healthy";

    private final Fleet fleet;
    private final FleetConfigFile file;
    private final LocalDatabase database;

    public Overview(FleetConfigFile file, Fleet fleet, LocalDatabase database) {
        this.file = file;
        this.fleet = fleet;
        this.database = database;
    }

    /// The tables of nodes and lake; a lake that can't be read has none.
    List<TableListing> tables() {
        List<TableListing> tables = new ArrayList<>(fleet.config().tables().stream()
                .map(fleet::state)
                .map(TableListing::of)
                .toList());
        lakeTables().stream().map(TableListing::ofLake).forEach(tables::add);
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

    private List<TableShape> lakeTables() {
        try (LocalSession session = database.open()) {
            return session.lakeAttached() ? session.lakeSchema().tables() : List.of();
        } catch (FleetException e) {
            return List.of();
        }
    }
}
