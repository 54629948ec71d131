package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.fleet.NodeState.Away;
import io.duckfleet.coordinator.fleet.NodeState.Loaded;
import io.duckfleet.coordinator.fleet.NodeState.Serving;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Place;
import io.duckfleet.coordinator.plan.TableShape;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is known of a table, put together from its nodes, whose states stand in the order of the
/// configuration. Shards must agree on the table's columns. Of replicas, those that don't agree with the
/// first one that serves are left out.
public record TableState(FleetTable table, List<NodeState> nodes) {

    public TableState {
        nodes = List.copyOf(nodes);
    }

    /// The table as the planner sees it, also while nodes are away. Its version changes with that of any
    /// node.
    public Optional<TableShape> shape() {
        if (problem().isPresent()) {
            return Optional.empty();
        }
        List<String> versions = holdings().stream().map(Holding::version).toList();
        TableShape first = loaded().findFirst().orElseThrow().shape();
        return Optional.of(new TableShape(first.name(), first.home(), columns(), combined(versions), place()));
    }

    /// Each of the nodes has all rows, unless they are shards.
    private Optional<Place> place() {
        return table.isSharded()
                ? Optional.empty()
                : Optional.of(new Place(
                        table.nodes().stream().map(URI::toString).sorted().collect(Collectors.joining(" ")),
                        table.nameOnNode().text().toLowerCase(Locale.ROOT)));
    }

    /// Why the table can't even be planned with: the node (or, of replicas, every one) was never seen, or
    /// shards differ.
    public Optional<FleetException> problem() {
        Optional<Away> unseen = nodes.stream()
                .filter(state -> state.loaded().isEmpty())
                .map(Away.class::cast)
                .findFirst();
        boolean enough =
                table.isSharded() ? unseen.isEmpty() : loaded().findFirst().isPresent();
        if (!enough) {
            return unseen.map(Away::dated);
        }
        return table.isSharded() ? differingShards() : Optional.empty();
    }

    /// The parts that together are the table, in the order of their rows; each may be had from any of its
    /// holders, nodes that serve first.
    public List<List<Holding>> parts() {
        return table.isSharded() ? holdings().stream().map(List::of).toList() : List.of(holdings());
    }

    /// Those of `holders` whose nodes answer.
    public List<Holding> serving(List<Holding> holders) {
        return holders.stream()
                .filter(holder -> {
                    int i = table.nodes().indexOf(holder.node());
                    return i >= 0 && nodes.get(i) instanceof Serving;
                })
                .toList();
    }

    /// The number of rows; none while it isn't known of every part.
    public OptionalLong rows() {
        List<Long> rows = serving().map(loaded -> loaded.rows()).toList();
        if (table.isSharded()) {
            return rows.size() == nodes.size()
                    ? OptionalLong.of(rows.stream().mapToLong(Long::longValue).sum())
                    : OptionalLong.empty();
        }
        return rows.stream().mapToLong(Long::longValue).findFirst();
    }

    /// About how many different values the column has; none where no node tells. Shards may share some.
    public Optional<Long> distinct(String column) {
        return loaded().flatMap(loaded -> Optional.ofNullable(loaded.distinct().get(column)).stream())
                .reduce(table.isSharded() ? Long::sum : Math::max);
    }

    /// Between which values the column's are, where they are numbers or times and every node that was seen tells.
    public Optional<ValueRange> range(String column) {
        return loaded().allMatch(loaded -> loaded.ranges().containsKey(column))
                ? loaded().flatMap(loaded -> Optional.ofNullable(loaded.ranges().get(column)).stream())
                        .reduce(ValueRange::with)
                : Optional.empty();
    }

    /// How many bytes the whole table takes in memory, as last seen.
    public long bytes() {
        return table.isSharded()
                ? loaded().mapToLong(Loaded::bytes).sum()
                : loaded().mapToLong(Loaded::bytes).max().orElse(0);
    }

    /// Everything that is wrong with the table's nodes, a sentence each.
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            switch (nodes.get(i)) {
                case Away away -> complaints.add(away.dated().detail());
                case Serving serving when differs(serving.table()) -> complaints.add(difference(i));
                case Serving serving -> {}
            }
        }
        return List.copyOf(complaints);
    }

    private List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>();
        for (int i : inTurn()) {
            nodes.get(i).loaded().filter(loaded -> !differs(loaded)).ifPresent(loaded -> {
                String version = loaded.shape().version();
                holdings.add(new Holding(table, table.nodes().get(i), version));
            });
        }
        return holdings;
    }

    private List<Integer> inTurn() {
        Comparator<Integer> servingFirst = Comparator.comparing(i -> nodes.get(i) instanceof Away);
        return IntStream.range(0, nodes.size())
                .boxed()
                .sorted(table.isSharded() ? Comparator.naturalOrder() : servingFirst)
                .toList();
    }

    private Optional<FleetException> differingShards() {
        return IntStream.range(0, nodes.size())
                .filter(i -> nodes.get(i).loaded().filter(this::differs).isPresent())
                .mapToObj(i -> new FleetException(ErrorCode.SHARDS_DIFFER, difference(i)))
                .findFirst();
    }

    private String difference(int node) {
        List<Column> found = nodes.get(node).loaded().orElseThrow().shape().columns();
        URI address = table.nodes().get(node);
        return "the nodes of table \"%s\" must have the same columns: %s has %s, where %s was expected"
                .formatted(table.name(), address, described(found), described(columns()));
    }

    private boolean differs(Loaded loaded) {
        return !loaded.shape().columns().equals(columns());
    }

    /// The columns of the first node that serves, or else of the first that was ever seen.
    private List<Column> columns() {
        return Stream.concat(serving(), loaded())
                .findFirst()
                .orElseThrow()
                .shape()
                .columns();
    }

    private Stream<Loaded> serving() {
        return nodes.stream().filter(Serving.class::isInstance).flatMap(state -> state.loaded().stream());
    }

    private Stream<Loaded> loaded() {
        return nodes.stream().flatMap(state -> state.loaded().stream());
    }

    private static String combined(List<String> versions) {
        return versions.size() == 1
                ? versions.getFirst()
                : versions.stream().sorted().map(Identifiers::literal).collect(Collectors.joining(","));
    }

    private static String described(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
