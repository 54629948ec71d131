package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.SchemaPin;
import io.duckfleet.sidecar.schema.SchemaChange;
import io.duckfleet.sidecar.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Commits a group of batches, of whatever tables, as one lake transaction. Thread-safe: transactions of
/// several threads are open at once, and commit one after the other.
final class GroupCommit {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);

    /// What marks an error of the COMMIT itself: the rows may be in the lake, or may not.
    static final String UNCLEAR = "outcome_unclear";

    private final Lake lake;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final ExecutorService workers;
    private final int parallel;
    private final CommitSizes sizes;
    private final Set<String> filledColumns = ConcurrentHashMap.newKeySet();

    /// Large batches are staged by `parallel` of the `workers`.
    GroupCommit(
            Lake lake,
            KeyLedger ledger,
            CommittedFiles files,
            ExecutorService workers,
            int parallel,
            CommitSizes sizes) {
        this.lake = lake;
        this.ledger = ledger;
        this.files = files;
        this.workers = workers;
        this.parallel = parallel;
        this.sizes = sizes;
    }

    /// What became of the batches; each is in one of the three. `deferred` ones go first in the next group.
    record Result(Map<Batch, Receipt> committed, Map<Batch, TableSchema> conflicting, List<Batch> deferred) {}

    /// Commits `batches`; when it throws, nothing is in the lake, unless the error came from the COMMIT
    /// itself: then the key ledger knows.
    Result commit(List<Batch> batches) {
        return ledger.wantsTurns() ? commitAlone(batches) : inTransaction(batches);
    }

    private Result inTransaction(List<Batch> batches) {
        try (SchemaPin pin = lake.schemaPin()) {
            return lake.withSession(session -> {
                session.begin();
                return commit(session, pin, batches);
            });
        }
    }

    /// As [#commit(List)], while no other group of this sidecar commits.
    Result commitAlone(List<Batch> batches) {
        return lake.inTurn(() -> inTransaction(batches));
    }

    private Result commit(Session session, SchemaPin pin, List<Batch> batches) {
        ledger.refuseRepeats(session, batches);
        List<TablePlan> plans = plan(
                session,
                batches.stream().filter(batch -> batch.records().count() > 0).toList());
        Map<Batch, List<DayRows>> days = new LinkedHashMap<>();
        batches.stream().filter(batch -> batch.records().count() == 0).forEach(batch -> {
            RejectedTable.keep(session, batch);
            days.put(batch, List.of());
        });
        for (TablePlan plan : plans) {
            if (!plan.taken().isEmpty()) {
                days.putAll(write(session, pin, plan));
                plan.taken().forEach(batch -> RejectedTable.keep(session, batch));
            }
        }
        if (days.isEmpty()) {
            return result(plans, Map.of());
        }
        ledger.write(session, message(plans), days);
        return result(plans, receipts(commit(session, days.keySet().iterator().next()), days));
    }

    /// Gives the snapshot that the transaction has become, which has `batch`.
    private long commit(Session session, Batch batch) {
        try {
            return lake.inTurn(() -> {
                lake.commit(session);
                return ledger.snapshotOf(batch)
                        .orElseGet(() -> session.queryLong("FROM lake.last_committed_snapshot()"));
            });
        } catch (FleetException e) {
            throw e.with(UNCLEAR, true);
        }
    }

    private List<TablePlan> plan(Session session, List<Batch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        Map<TableName, List<Batch>> byTable =
                batches.stream().collect(Collectors.groupingBy(Batch::table, LinkedHashMap::new, Collectors.toList()));
        Map<TableName, TableSchema> schemas = LakeSchemas.read(session, byTable.keySet());
        List<TablePlan> plans = new ArrayList<>();
        byTable.forEach((table, ofTable) -> {
            TableSchema schema = schemas.getOrDefault(table, new TableSchema(table, List.of()));
            plans.add(TablePlan.of(schema, ofTable, new LakeFacts(session, schema.table(), filledColumns)));
        });
        return plans;
    }

    private Map<Batch, List<DayRows>> write(Session session, SchemaPin pin, TablePlan plan) {
        SchemaWriter schema = new SchemaWriter(session, pin);
        for (SchemaChange change : plan.changes()) {
            schema.apply(plan.after(), change);
            if (change instanceof SchemaChange.CreateTable) {
                filledColumns.removeIf(column -> column.startsWith(plan.after().table() + "."));
            }
            LOG.infof("table %s: %s", plan.after().table(), change.describe());
        }
        boolean large =
                plan.taken().size() == 1 && plan.taken().getFirst().records().bytes() >= sizes.largeBytes();
        return large
                ? new RoundStage(session, plan, workers, parallel, lake.duckDbSettings(), sizes.roundBytes()).insert()
                : new TableStage(session, plan).insert();
    }

    private static String message(List<TablePlan> plans) {
        return plans.stream()
                .filter(plan -> !plan.taken().isEmpty())
                .map(plan -> plan.after().table().text())
                .collect(Collectors.joining(", ", "ingest into ", ""));
    }

    private Map<Batch, Receipt> receipts(long snapshotId, Map<Batch, List<DayRows>> days) {
        List<LakeFile> added = filesOf(snapshotId);
        Map<Batch, Receipt> receipts = new HashMap<>();
        days.forEach((batch, rows) -> receipts.put(batch, new Receipt(snapshotId, rows, ofTable(added, batch), false)));
        return receipts;
    }

    /// The rows are in the lake by now: that the catalog can't say which files they are in must not make an
    /// error of it.
    private List<LakeFile> filesOf(long snapshotId) {
        try {
            return files.of(snapshotId);
        } catch (FleetException e) {
            LOG.warnf("snapshot %d is committed, but its files can't be told: %s", snapshotId, e.detail());
            return List.of();
        }
    }

    static List<LakeFile> ofTable(List<LakeFile> files, Batch batch) {
        return files.stream().filter(file -> file.table().equals(batch.table())).toList();
    }

    private static Result result(List<TablePlan> plans, Map<Batch, Receipt> committed) {
        Map<Batch, TableSchema> conflicting = new HashMap<>();
        plans.forEach(plan -> plan.conflicting().forEach(batch -> conflicting.put(batch, plan.before())));
        return new Result(
                committed,
                conflicting,
                plans.stream().flatMap(plan -> plan.deferred().stream()).toList());
    }
}
