package io.duckfleet.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.coordinator.fleet.NodeState.Away;
import io.duckfleet.coordinator.fleet.NodeState.Loaded;
import io.duckfleet.coordinator.fleet.NodeState.Serving;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Place;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableStateTest {

    private static final Instant SINCE = Instant.parse("2026-02-03T04:05:06Z");
    private static final URI FIRST = URI.create("http://one:1");
    private static final URI SECOND = URI.create("http://two:1");

    @Test
    void addsUpShards() {
        TableState state = state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), serving("INTEGER", "v2", 4));

        assertThat(state.rows()).hasValue(7);
        assertThat(state.parts())
                .extracting(holders -> holders.stream().map(Holding::node).toList())
                .containsExactly(List.of(FIRST), List.of(SECOND));
        assertThat(state.complaints()).isEmpty();
    }

    @Test
    void hasAnotherVersionWhenOneNodeHas() {
        TableState before = state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), serving("INTEGER", "v2", 4));
        TableState after = state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), serving("INTEGER", "v3", 4));

        assertThat(after.shape()).isPresent().isNotEqualTo(before.shape());
    }

    @Test
    void refusesShardsWithOtherColumns() {
        TableState state = state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), serving("VARCHAR", "v2", 4));

        assertThat(state.shape()).isEmpty();
        assertThat(state.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.SHARDS_DIFFER);
            assertThat(problem.detail()).contains("http://two:1 has (id VARCHAR), where (id INTEGER) was expected");
        });
    }

    @Test
    void keepsAShardInItsPlaceWhileItIsAway() {
        TableState state =
                state(NodeMode.SHARDS, away(serving("INTEGER", "v1", 3).loaded()), serving("INTEGER", "v2", 4));

        assertThat(state.shape()).isPresent();
        assertThat(state.parts().getFirst().getFirst().node()).isEqualTo(FIRST);
        assertThat(state.rows()).isEmpty();
    }

    @Test
    void tellsSinceWhenAShardWasNeverSeen() {
        TableState state = state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), away(Optional.empty()));

        assertThat(state.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.NODE_UNREACHABLE);
            assertThat(problem.detail()).isEqualTo("no way to http://two:1 (since 2026-02-03T04:05:06Z)");
        });
    }

    @Test
    void asksTheReplicaThatServesFirst() {
        TableState state =
                state(NodeMode.REPLICAS, away(serving("INTEGER", "v1", 3).loaded()), serving("INTEGER", "v2", 3));

        assertThat(state.rows()).hasValue(3);
        assertThat(state.parts()).hasSize(1);
        assertThat(state.parts().getFirst()).extracting(Holding::node).containsExactly(SECOND, FIRST);
        assertThat(state.complaints()).hasSize(1);
    }

    @Test
    void keepsTheVersionWhileAReplicaIsAway() {
        TableState both = state(NodeMode.REPLICAS, serving("INTEGER", "v1", 3), serving("INTEGER", "v2", 3));
        TableState one =
                state(NodeMode.REPLICAS, away(serving("INTEGER", "v1", 3).loaded()), serving("INTEGER", "v2", 3));

        assertThat(one.shape()).isPresent().isEqualTo(both.shape());
    }

    @Test
    void leavesOutAReplicaWithOtherColumns() {
        TableState state = state(NodeMode.REPLICAS, serving("INTEGER", "v1", 3), serving("VARCHAR", "v2", 3));

        assertThat(state.parts().getFirst()).extracting(Holding::node).containsExactly(FIRST);
        assertThat(state.problem()).isEmpty();
        assertThat(state.complaints()).singleElement().asString().contains("must have the same columns");
    }

    @Test
    void isBesideTablesOfTheSameNodesAndLoad() {
        TableState table = state(NodeMode.REPLICAS, serving("INTEGER", "v1", 3), serving("INTEGER", "v2", 3));
        TableState other = new TableState(
                new FleetTable(new TableName("u"), new TableName("x"), List.of(SECOND, FIRST), NodeMode.REPLICAS),
                List.of(serving("INTEGER", "v2", 5), serving("INTEGER", "v1", 5)));
        TableState later = new TableState(
                other.table(),
                List.of(serving("INTEGER", "v3", 5), other.nodes().get(1)));

        assertThat(table.shape().flatMap(TableShape::place)).hasValue(new Place("http://one:1 http://two:1", "t"));
        assertThat(other.shape().flatMap(TableShape::place)).hasValue(new Place("http://one:1 http://two:1", "x"));
        assertThat(other.shape().orElseThrow().version())
                .isEqualTo(table.shape().orElseThrow().version());
        assertThat(later.shape().orElseThrow().version())
                .isNotEqualTo(table.shape().orElseThrow().version());
        assertThat(state(NodeMode.SHARDS, serving("INTEGER", "v1", 3), serving("INTEGER", "v2", 3))
                        .shape()
                        .flatMap(TableShape::place))
                .isEmpty();
    }

    private static TableState state(NodeMode mode, NodeState first, NodeState second) {
        TableName name = new TableName("t");
        return new TableState(new FleetTable(name, name, List.of(FIRST, SECOND), mode), List.of(first, second));
    }

    private static Serving serving(String type, String version, long rows) {
        TableShape shape = new TableShape("t", Home.NODE, List.of(new Column("id", type)), version);
        return new Serving(new Loaded(shape, rows, rows * 8, Map.of(), Map.of()), SINCE);
    }

    private static Away away(Optional<Loaded> loaded) {
        return new Away(new FleetException(ErrorCode.NODE_UNREACHABLE, "no way to http://two:1"), loaded, SINCE);
    }
}
