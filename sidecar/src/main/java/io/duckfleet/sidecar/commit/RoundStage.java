package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.sidecar.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// The rows of one large batch, staged in rounds: in each, several workers turn pieces of JSON into tables of
/// a database in memory, which are then written to the lake within the session's transaction, and dropped.
/// While one round is written the next one is staged; so a batch of any size takes the memory of two
/// rounds.
///
/// Each round has a database of its own, as a transaction doesn't see what was made in a database since it
/// first looked there.
final class RoundStage {

    private static final Logger LOG = Logger.getLogger(RoundStage.class);
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
        Optional<Round> round = next(pieces);
        while (round.isPresent()) {
            round = write(round.get(), pieces, tally);
        }
        return tally.checked();
    }

    /// Begins to stage what comes next, if anything does.
    private Optional<Round> next(PieceQueue pieces) {
        if (!pieces.hasMore()) {
            return Optional.empty();
        }
        pieces.beginRound(roundBytes);
        Round round = new Round(lake.session());
        try {
            round.begin(pieces);
            return Optional.of(round);
        } catch (RuntimeException | Error e) {
            round.close();
            throw e;
        }
    }

    /// Writes a round as soon as it is staged, and gives the next one, which is staged meanwhile.
    private Optional<Round> write(Round round, PieceQueue pieces, StageTally tally) {
        Optional<Round> next = Optional.empty();
        try (round) {
            String staged = round.rows();
            next = next(pieces);
            tally.add(session, staged);
            session.execute("INSERT INTO %s BY NAME SELECT * EXCLUDE (%s) FROM %s"
                    .formatted(LakeAttachment.qualified(plan.after().table()), StageSelect.BATCH, staged));
            return next;
        } catch (RuntimeException | Error e) {
            next.ifPresent(Round::close);
            throw e;
        }
    }

    /// A round's database and the workers that fill it.
    private final class Round implements AutoCloseable {

        private final String database = "stage_" + ROUNDS.incrementAndGet();
        private final Session side;
        private final List<Future<List<String>>> staging = new ArrayList<>();

        Round(Session side) {
            this.side = side;
        }

        void begin(PieceQueue pieces) {
            side.execute("ATTACH ':memory:' AS " + database);
            for (int i = 0; i < parallel; i++) {
                String prefix = database + ".part_" + i + "_";
                staging.add(workers.submit(() -> stageSome(pieces, prefix)));
            }
        }

        /// The staged tables, as one subquery, when all of them are there.
        String rows() {
            List<String> tables = new ArrayList<>();
            staging.forEach(part -> tables.addAll(done(part)));
            return "(FROM " + String.join(" UNION ALL FROM ", tables) + ")";
        }

        /// When the workers are done with it, whatever they have done.
        @Override
        public void close() {
            try (side) {
                staging.forEach(RoundStage::awaitEnd);
                side.execute("DETACH DATABASE IF EXISTS " + database);
            }
        }
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

    private static List<String> done(Future<List<String>> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(Future<List<String>> part) {
        try {
            part.get();
        } catch (ExecutionException e) {
            LOG.debugf("a round of a batch that failed: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
