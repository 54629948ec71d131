package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.TableReference;
import io.duckfleet.coordinator.plan.PlanNode;
import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the tables of one query in its session: temp views under the tables' own names over the files of the
/// fragments. They belong to the session and go with it; the files have to stay until the result is computed.
final class QueryTables {

    private QueryTables() {}

    /// Makes the fetched fragments tables, and lets bare names find the lake's tables after those.
    static void create(Session session, LocalQuery query, List<FetchedFragment> fetched) {
        for (List<FetchedFragment> parts : byFragment(fetched)) {
            createView(session, parts);
        }
        for (PlanNode input : query.inputs()) {
            if (input instanceof ShapeOnly shape) {
                session.execute(FragmentSql.createEmptyView(
                        shape.table().name(), shape.table().columns()));
            }
        }
        List<Home> homes = query.inputs().stream()
                .flatMap(input ->
                        input instanceof LakeScan scan ? Stream.of(scan.table().home()) : Stream.empty())
                .distinct()
                .sorted()
                .toList();
        if (!homes.isEmpty() && query.statement().tables().stream().anyMatch(QueryTables::isToBeFound)) {
            session.execute("SET search_path = '%s'".formatted(searchPath(homes)));
        }
    }

    /// Setting the path makes DuckDB ask the catalog whether its schemas are there, which takes as long as a
    /// short query's planning.
    private static boolean isToBeFound(TableReference reference) {
        return reference.catalog().isEmpty() || reference.schema().isEmpty();
    }

    /// The fleet's own schema only for those who name it: a lake may have none.
    private static String searchPath(List<Home> homes) {
        return Stream.concat(Stream.of(Home.NODE, Home.LAKE), homes.stream())
                .distinct()
                .map(Home::schema)
                .collect(Collectors.joining(","));
    }

    /// The parts of each fragment, which stand side by side.
    private static Collection<List<FetchedFragment>> byFragment(List<FetchedFragment> fetched) {
        return fetched.stream()
                .collect(Collectors.groupingBy(
                        FetchedFragment::fragment, LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .sequencedValues();
    }

    /// What can't be read is the fault of the node that sent it.
    private static void createView(Session session, List<FetchedFragment> parts) {
        List<String> files =
                parts.stream().map(part -> part.file().path().toString()).toList();
        try {
            session.execute(new FragmentSql(parts.getFirst().part()).createView(files));
        } catch (FleetException e) {
            throw switch (e.code()) {
                case CANCELLED, MEMORY_LIMIT, INTERNAL -> e;
                default -> garbled(parts, e.detail().lines().findFirst().orElse(""), e);
            };
        }
    }

    /// What to tell when what came can't be read.
    static FleetException garbled(List<FetchedFragment> parts, @Nullable String why, Exception cause) {
        return new FleetException(
                ErrorCode.NODE_UNREACHABLE,
                "what came for table \"%s\" from %s can't be read: %s"
                        .formatted(
                                parts.getFirst().fragment().table().name(),
                                parts.stream()
                                        .map(part -> part.node().toString())
                                        .collect(Collectors.joining(" and ")),
                                why),
                cause);
    }
}
