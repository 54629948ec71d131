package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.sidecar.schema.Chunk;
import io.duckfleet.sidecar.schema.JsonPiece;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The rows that a commit adds to one table, staged in a temp table: JSON becomes columns there, and is
/// checked, before the lake sees any of it. For batches that are small together.
final class TableStage {

    private static final String STAGE = "temp.main.stage";

    private final Session session;
    private final TablePlan plan;
    private final StageSelect select;

    TableStage(Session session, TablePlan plan) {
        this.session = session;
        this.plan = plan;
        this.select = new StageSelect(plan);
    }

    /// Stages the plan's batches and puts them into the lake table; gives what each has in which partition.
    Map<Batch, List<DayRows>> insert() {
        stage();
        StageTally tally = new StageTally(plan, select);
        tally.add(session, STAGE);
        Map<Batch, List<DayRows>> days = tally.checked();
        session.execute("INSERT INTO %s BY NAME SELECT * EXCLUDE (%s) FROM %s"
                .formatted(LakeAttachment.qualified(plan.after().table()), StageSelect.BATCH, STAGE));
        session.execute("DROP TABLE " + STAGE);
        return days;
    }

    private void stage() {
        StagePieces pieces = new StagePieces();
        String into = "CREATE OR REPLACE TEMP TABLE stage AS ";
        for (int i = 0; i < plan.taken().size(); i++) {
            Batch batch = plan.taken().get(i);
            for (Chunk chunk : batch.records().chunks()) {
                Iterator<JsonPiece> some = select.columns().pieces(chunk, StagePieces.PIECE_BYTES);
                while (some.hasNext()) {
                    pieces.add(some.next(), i, batch);
                    if (pieces.isFull()) {
                        pieces.run(session, into + select.sql());
                        into = "INSERT INTO %s ".formatted(STAGE);
                    }
                }
            }
        }
        if (!pieces.isEmpty()) {
            pieces.run(session, into + select.sql());
        }
    }
}
