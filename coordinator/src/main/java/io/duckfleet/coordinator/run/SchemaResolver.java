package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.TableReference;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.lake.AllRecords;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schema that a statement is planned over: the nodes' tables, and the lake's when the statement names
/// one. The lake's catalog isn't asked otherwise, so a lake that is away hurts no query over nodes.
final class SchemaResolver {

    private final Fleet fleet;
    private final LocalDatabase database;

    SchemaResolver(Fleet fleet, LocalDatabase database) {
        this.fleet = fleet;
        this.database = database;
    }

    /// The schema with every table that the statement names; the lake's tables are read anew unless they are
    /// given.
    ///
    /// @throws FleetException `node_unreachable` or `not_ready` for a table whose node has never been seen,
    /// `catalog_unreachable` or `lake_not_configured` for a lake's
    FleetSchema schemaFor(SelectStatement statement, LocalSession session, Optional<LakeSchema> lake) {
        FleetSchema nodes = new FleetSchema(fleet.shapes());
        List<TableReference> elsewhere = statement.tables().stream()
                .filter(reference -> nodes.find(reference).isEmpty())
                .toList();
        elsewhere.forEach(this::refuseUnseenNode);
        return elsewhere.isEmpty() ? nodes : withLake(nodes, elsewhere, session, lake);
    }

    private void refuseUnseenNode(TableReference reference) {
        Optional<FleetTable> table =
                reference.isQualified() ? Optional.empty() : fleet.config().table(reference.name());
        table.map(fleet::state).flatMap(TableState::problem).ifPresent(problem -> {
            throw new FleetException(
                    problem.code(), "table \"%s\": %s".formatted(reference.name(), problem.detail()), problem);
        });
    }

    private FleetSchema withLake(
            FleetSchema nodes, List<TableReference> elsewhere, LocalSession session, Optional<LakeSchema> known) {
        if (session.lakeAttached()) {
            return withAttachedLake(
                    nodes,
                    elsewhere,
                    session.session(),
                    known.orElseGet(() -> LakeSessions.translating(session::lakeSchema)));
        }
        if (database.hasLakeConfigured()) {
            throw new FleetException(
                    ErrorCode.CATALOG_UNREACHABLE,
                    "table \"%s\" is on no node, and the lake can't be read: %s"
                            .formatted(elsewhere.getFirst().written(), database.lakeProblem()));
        }
        Optional<TableReference> inLake =
                elsewhere.stream().filter(TableReference::isQualified).findFirst();
        if (inLake.isPresent()) {
            throw new FleetException(
                    ErrorCode.LAKE_NOT_CONFIGURED,
                    "table \"%s\" would be the lake's, and no lake is configured; see \"lake\" of config.json"
                            .formatted(inLake.get().written()));
        }
        return nodes;
    }

    /// A statement that names `all_records` finds it as a temp view of its session.
    private static FleetSchema withAttachedLake(
            FleetSchema nodes, List<TableReference> elsewhere, Session session, LakeSchema lake) {
        List<TableShape> all = new ArrayList<>(nodes.tables());
        all.addAll(lake.all());
        AllRecords united = AllRecords.of(lake.tables());
        if (united.isFree()) {
            all.add(united.shape());
        }
        FleetSchema schema = new FleetSchema(all);
        if (elsewhere.stream().map(schema::find).flatMap(Optional::stream).anyMatch(united.shape()::equals)) {
            session.execute(united.createView());
        }
        return schema;
    }
}
