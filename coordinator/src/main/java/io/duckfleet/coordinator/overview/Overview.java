package io.duckfleet.coordinator.overview;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.NodeState;
import io.duckfleet.coordinator.lake.LakeTables;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers what is known of nodes and lake.
@Singleton
public final class Overview {

    private final Fleet fleet;
    private final LocalDatabase database;

    Overview(Fleet fleet, LocalDatabase database) {
        this.fleet = fleet;
        this.database = database;
    }

    /// The tables of nodes and lake; a lake that can't be read has none.
    List<TableListing> tables() {
        List<TableListing> tables = new ArrayList<>(
                fleet.config().tables().stream().map(this::nodeTable).toList());
        lakeTables().stream()
                .map(table -> new TableListing(
                        table.name(), "lake", table.columns(), Optional.empty(), Optional.empty(), "healthy"))
                .forEach(tables::add);
        return tables;
    }

    /// The nodes that can't be asked, and the lake if it can't be read, each with its reason.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (FleetTable table : fleet.config().tables()) {
            if (fleet.state(table) instanceof NodeState.Away away) {
                problems.add("table %s: %s (since %s)"
                        .formatted(table.name(), away.reason().detail(), away.since()));
            }
        }
        if (!database.lakeProblem().isEmpty()) {
            problems.add("lake: " + database.lakeProblem());
        }
        return problems;
    }

    private TableListing nodeTable(FleetTable table) {
        Optional<String> node = Optional.of(table.node().toString());
        return switch (fleet.state(table)) {
            case NodeState.Serving serving ->
                new TableListing(
                        table.name().text(),
                        "node",
                        serving.table().columns(),
                        Optional.of(serving.rows()),
                        node,
                        "healthy");
            case NodeState.Away away ->
                new TableListing(
                        table.name().text(),
                        "node",
                        away.shape().map(TableShape::columns).orElse(List.of()),
                        Optional.empty(),
                        node,
                        away.reason().code().wireName());
        };
    }

    private List<TableShape> lakeTables() {
        try (LocalSession session = database.open()) {
            return session.lakeAttached() ? LakeTables.read(session.session()) : List.of();
        } catch (FleetException e) {
            return List.of();
        }
    }
}
