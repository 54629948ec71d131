package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/// Stages the rows of one large batch and writes them to the lake at the same time, within the session's
/// transaction: several workers turn pieces of JSON into rows, which go into an INSERT as an Arrow stream.
/// So a batch of any size takes the memory of a few pieces, and of what DuckDB keeps of a file until it
/// is written: an INSERT ends after a round's bytes.
final class RoundStage {

    private static final String STREAM = "rows of the round";

    private final Session session;
    private final TablePlan plan;
    private final ExecutorService workers;
    private final int parallel;
    private final DuckDbSettings settings;
    private final long roundBytes;
    private final StageSelect select;

    /// `roundBytes` are the bytes of JSON that become one file a day.
    RoundStage(
            Session session,
            TablePlan plan,
            ExecutorService workers,
            int parallel,
            DuckDbSettings settings,
            long roundBytes) {
        this.session = session;
        this.plan = plan;
        this.workers = workers;
        this.parallel = parallel;
        this.settings = settings;
        this.roundBytes = roundBytes;
        this.select = new StageSelect(plan);
    }

    /// As [TableStage#insert()], for a plan of one batch.
    Map<Batch, List<DayRows>> insert() {
        StageTally tally = new StageTally(plan, select);
        PieceQueue pieces = new PieceQueue(
                plan.taken().getFirst(), select.columns(), Math.min(StagePieces.STATEMENT_BYTES, roundBytes));
        try (BufferAllocator allocator = new RootAllocator();
                StagingLine line = new StagingLine(select, pieces, workers, parallel, settings, allocator)) {
            while (line.hasMore()) {
                round(line, tally, allocator);
            }
        }
        return tally.checked();
    }

    private void round(StagingLine line, StageTally tally, BufferAllocator allocator) {
        try (RoundReader reader = new RoundReader(allocator, line, tally, roundBytes);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            try {
                insert(stream);
            } catch (FleetException e) {
                throw reader.failure().orElse(e);
            } finally {
                stream.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void insert(ArrowArrayStream stream) {
        session.connection().registerArrowStream(STREAM, stream);
        session.execute("INSERT INTO %s BY NAME SELECT * EXCLUDE (%s) FROM temp.main.%s"
                .formatted(
                        LakeAttachment.qualified(plan.after().table()), StageSelect.BATCH, Identifiers.quote(STREAM)));
    }
}
