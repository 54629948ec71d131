package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.sidecar.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// The rows of one large batch, staged in rounds: in each, several workers turn pieces of JSON into tables of
/// a database in memory, which are then written to the lake within the session's transaction, and dropped. So
/// a batch of any size takes the memory of one round.
///
/// Each round has a database of its own, as a transaction doesn't see what was made in a database since it
/// first looked there.
final class RoundStage {

    private static final AtomicLong ROUNDS = new AtomicLong();

    private final Lake lake;
    private final Session session;
    private final ExecutorService workers;
    private final int parallel;
    private final TablePlan plan;
    private final StageSelect select;
    private final long roundBytes;

    /// `roundBytes` are the bytes of JSON that are staged at once.
    RoundStage(Lake lake, Session session, ExecutorService workers, int parallel, TablePlan plan, long roundBytes) {
        this.lake = lake;
        this.session = session;
        this.workers = workers;
        this.parallel = parallel;
        this.plan = plan;
        this.roundBytes = roundBytes;
        this.select = new StageSelect(plan);
    }

    /// As [TableStage#insert()], for a plan of one batch.
    Map<Batch, List<DayRows>> insert() {
        StageTally tally = new StageTally(plan, select);
        PieceQueue pieces = new PieceQueue(plan.taken().getFirst(), select.columns());
        while (pieces.hasMore()) {
            round(pieces, tally);
        }
        return tally.checked();
    }

    private void round(PieceQueue pieces, StageTally tally) {
        pieces.beginRound(roundBytes);
        String database = "stage_" + ROUNDS.incrementAndGet();
        try (Session side = lake.session()) {
            side.execute("ATTACH ':memory:' AS " + database);
            try {
                String staged = stage(pieces, database);
                tally.add(session, staged);
                session.execute("INSERT INTO %s BY NAME SELECT * EXCLUDE (%s) FROM %s"
                        .formatted(LakeAttachment.qualified(plan.after().table()), StageSelect.BATCH, staged));
            } finally {
                side.execute("DETACH " + database);
            }
        }
    }

    /// The staged tables, as one subquery.
    private String stage(PieceQueue pieces, String database) {
        List<Callable<List<String>>> work = new ArrayList<>();
        for (int i = 0; i < parallel; i++) {
            String prefix = database + ".part_" + i + "_";
            work.add(() -> stageSome(pieces, prefix));
        }
        List<String> tables = new ArrayList<>();
        invoke(work).forEach(tables::addAll);
        return "(FROM " + String.join(" UNION ALL FROM ", tables) + ")";
    }

    /// One table a statement: inserting into a filled one is slower, and the tables are read in parallel.
    private List<String> stageSome(PieceQueue pieces, String prefix) {
        List<String> tables = new ArrayList<>();
        try (Session worker = lake.session()) {
            StagePieces some = new StagePieces(worker);
            while (pieces.take(some)) {
                String table = prefix + tables.size();
                some.run("CREATE TABLE %s AS %s".formatted(table, select.sql()));
                tables.add(table);
            }
        }
        return tables;
    }

    private List<List<String>> invoke(List<Callable<List<String>>> work) {
        List<Future<List<String>>> futures = work.stream().map(workers::submit).toList();
        List<List<String>> results = new ArrayList<>();
        FleetException failure = null;
        for (Future<List<String>> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof FleetException known ? known : unforeseen(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static FleetException unforeseen(ExecutionException e) {
        throw new IllegalStateException(e.getCause());
    }
}
