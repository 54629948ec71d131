package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.duckfleet.coordinator.fleet.NodeState;
import io.duckfleet.coordinator.fleet.TableState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node as `GET /health` and `GET /tables` tell it: which table it holds (or a shard of), `healthy` or the
/// code of what is wrong, since when that is so, and the rows that it has.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NodeListing(String table, String url, String health, Instant since, Optional<Long> rows) {

    /// The table's nodes, in the order of the configuration.
    static List<NodeListing> of(TableState state) {
        List<NodeListing> nodes = new ArrayList<>();
        for (int i = 0; i < state.nodes().size(); i++) {
            nodes.add(of(
                    state.table().name().text(),
                    state.table().nodes().get(i),
                    state.nodes().get(i)));
        }
        return List.copyOf(nodes);
    }

    private static NodeListing of(String table, URI address, NodeState state) {
        return switch (state) {
            case NodeState.Serving serving ->
                new NodeListing(
                        table,
                        address.toString(),
                        "healthy",
                        serving.since(),
                        Optional.of(serving.table().rows()));
            case NodeState.Away away ->
                new NodeListing(
                        table, address.toString(), away.reason().code().wireName(), away.since(), Optional.empty());
        };
    }
}
