package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.schema.ColumnFacts;
import io.duckfleet.sidecar.schema.ColumnType;
import io.duckfleet.sidecar.schema.SchemaChange;
import io.duckfleet.sidecar.schema.SchemaEvolution;
import io.duckfleet.sidecar.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/// What one commit does to one table: which of the waiting batches go in, and how the table changes for
/// them. Batches are looked at in order of arrival, each against the table as those before leave it.
record TablePlan(
        TableSchema before,
        TableSchema after,
        List<SchemaChange> changes,
        List<Batch> taken,
        List<Batch> conflicting,
        List<Batch> deferred) {

    TablePlan {
        changes = List.copyOf(changes);
        taken = List.copyOf(taken);
        conflicting = List.copyOf(conflicting);
        deferred = List.copyOf(deferred);
    }

    /// Plans for `batches`. One that needs the table's rows looked at or rewritten, while others before it
    /// are only about to go in, is deferred to the next commit, and those behind it with it.
    static TablePlan of(TableSchema table, List<Batch> batches, ColumnFacts facts) {
        TableSchema schema = table;
        List<SchemaChange> changes = new ArrayList<>();
        List<Batch> taken = new ArrayList<>();
        List<Batch> conflicting = new ArrayList<>();
        List<Batch> deferred = new ArrayList<>();
        for (Batch batch : batches) {
            if (!deferred.isEmpty()) {
                deferred.add(batch);
                continue;
            }
            SchemaEvolution evolution =
                    new SchemaEvolution(taken.isEmpty() ? facts : new FactsBefore(table, facts), batch.inference());
            switch (evolution.evolve(schema, batch.records().shape())) {
                case SchemaEvolution.Conflict conflict -> (taken.isEmpty() ? conflicting : deferred).add(batch);
                case SchemaEvolution.Evolved evolved -> {
                    if (!taken.isEmpty() && !evolved.changes().stream().allMatch(SchemaChange::isAdditive)) {
                        deferred.add(batch);
                        continue;
                    }
                    taken.add(batch);
                    changes.addAll(evolved.changes());
                    schema = evolved.schema();
                }
            }
        }
        return new TablePlan(table, schema, changes, taken, conflicting, deferred);
    }

    /// What is known of the rows while others are about to be added. That a column has values stays true;
    /// everything else is taken to be so that the batch needs a change, and so waits.
    private record FactsBefore(TableSchema table, ColumnFacts facts) implements ColumnFacts {
        @Override
        public boolean holdsOnlyNulls(TableSchema.Column column) {
            return table.column(column.name()).isEmpty() || facts.holdsOnlyNulls(column);
        }

        @Override
        public boolean survives(TableSchema.Column column, ColumnType type) {
            return true;
        }
    }
}
