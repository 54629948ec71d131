package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A table as `GET /tables` tells it. `node` and `nodes` are a node table's, `mode` is one's on several
/// nodes; a lake table's columns and rows come from the lake's catalog. `health` is `healthy`, `degraded`
/// while some replicas can't be asked and others can, or else the code of what is wrong.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableListing(
        String name,
        String kind,
        List<Column> columns,
        Optional<Long> rows,
        Optional<String> node,
        Optional<String> mode,
        Optional<List<NodeListing>> nodes,
        String health) {

    private static final String HEALTHY = "healthy";

    static TableListing ofLake(TableShape table, Optional<Long> rows) {
        return new TableListing(
                table.name(),
                "lake",
                table.columns(),
                rows,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HEALTHY);
    }

    static TableListing of(TableState state) {
        List<NodeListing> nodes = NodeListing.of(state);
        OptionalLong rows = state.rows();
        return new TableListing(
                state.table().name().text(),
                "node",
                state.shape().map(TableShape::columns).orElse(List.of()),
                rows.isPresent() ? Optional.of(rows.getAsLong()) : Optional.empty(),
                Optional.of(nodes.stream().map(NodeListing::url).collect(Collectors.joining(", "))),
                nodes.size() == 1
                        ? Optional.empty()
                        : Optional.of(state.table().mode().name().toLowerCase(Locale.ROOT)),
                Optional.of(nodes),
                health(state, nodes));
    }

    private static String health(TableState state, List<NodeListing> nodes) {
        Optional<FleetException> problem = state.problem();
        if (problem.isPresent()) {
            return problem.get().code().wireName();
        }
        Optional<String> away = nodes.stream()
                .map(NodeListing::health)
                .filter(health -> !health.equals(HEALTHY))
                .findFirst();
        if (away.isPresent()) {
            boolean replaced = !state.table().isSharded()
                    && nodes.stream().anyMatch(node -> node.health().equals(HEALTHY));
            return replaced ? "degraded" : away.get();
        }
        return state.complaints().isEmpty() ? HEALTHY : "degraded";
    }
}
