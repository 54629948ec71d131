package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.lake.SchemaPin;
import io.duckfleet.sidecar.schema.SchemaChange;
import io.duckfleet.sidecar.schema.SchemaEvolution;
import io.duckfleet.sidecar.schema.TableSchema;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/// Changes of tables that no record asks for: declaring columns, dropping a table or its old partitions.
/// Each is a lake transaction of its own, repeated when commits of records come between, and then while
/// no others are made. Thread-safe.
public final class TableChanges {

    private static final Logger LOG = Logger.getLogger(TableChanges.class);
    private static final int MAX_ATTEMPTS = 10;

    private final Lake lake;
    private final Reachability reachability;

    public TableChanges(Lake lake, Reachability reachability) {
        this.lake = lake;
        this.reachability = reachability;
    }

    /// Makes sure that `table` has `columns`, with these types.
    ///
    /// @throws FleetException `invalid_request` if it has one of them with another type
    public void declare(TableName table, List<Column> columns) {
        inTransaction("declare columns of " + table, (session, pin) -> {
            TableSchema schema = schemaOf(session, table);
            List<SchemaChange> changes = schema.exists()
                    ? additions(schema, columns)
                    : List.of(new SchemaChange.CreateTable(SchemaEvolution.withReserved(table, columns)));
            SchemaWriter writer = new SchemaWriter(session, pin);
            changes.forEach(change -> writer.apply(schema, change));
            columns.forEach(column ->
                    writer.markDeclared(schema, schema.column(column.name()).orElse(column)));
            return true;
        });
    }

    private static List<SchemaChange> additions(TableSchema schema, List<Column> columns) {
        List<SchemaChange> changes = new ArrayList<>();
        for (Column column : columns) {
            Optional<Column> known = schema.column(column.name());
            if (known.isEmpty()) {
                changes.add(new SchemaChange.AddColumn(column));
            } else if (!known.get().type().equals(column.type())) {
                throw FleetException.invalid(
                        column.name(),
                        "the column is %s already; it can't be declared as %s"
                                .formatted(
                                        known.get().type().sql(), column.type().sql()));
            }
        }
        return changes;
    }

    /// Drops `table`, and tells how many records it had.
    ///
    /// @throws FleetException `not_found` if there is no such table
    public long drop(TableName table) {
        return inTransaction("drop table " + table, (session, pin) -> {
            String name = existing(session, table);
            long rows = session.queryLong("SELECT count(*) FROM " + name);
            pin.change(session, "DROP TABLE " + name);
            return rows;
        });
    }

    /// Deletes the partitions of `table` before `day`, and tells how many records they had.
    ///
    /// @throws FleetException `not_found` if there is no such table, `invalid_request` if they had another
    /// number of records than was `expected`; then nothing is deleted
    public long deleteBefore(TableName table, LocalDate day, OptionalLong expected) {
        return inTransaction("delete from %s before %s".formatted(table, day), (session, pin) -> {
            String name = existing(session, table);
            long count =
                    session.update("DELETE FROM %s WHERE partition_date < ?::DATE".formatted(name), day.toString());
            if (expected.isPresent() && expected.getAsLong() != count) {
                throw FleetException.invalid(
                        "expect", "%d records are before %s; nothing was deleted".formatted(count, day));
            }
            return count;
        });
    }

    private static String existing(Session session, TableName table) {
        TableSchema schema = schemaOf(session, table);
        if (!schema.exists()) {
            throw new FleetException(ErrorCode.NOT_FOUND, "table \"%s\" is not in the lake".formatted(table));
        }
        return LakeAttachment.qualified(schema.table());
    }

    private static TableSchema schemaOf(Session session, TableName table) {
        return LakeSchemas.read(session, List.of(table)).getOrDefault(table, new TableSchema(table, List.of()));
    }

    private <T> T inTransaction(String message, Change<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt == 1 ? once(message, work) : lake.inTurn(() -> once(message, work));
            } catch (FleetException e) {
                refuseIfFinal(e, attempt);
                LOG.infof("%s: attempt %d failed, it is repeated: %s", message, attempt, e.detail());
            }
        }
    }

    private void refuseIfFinal(FleetException e, int attempt) {
        switch (e.code()) {
            case INVALID_REQUEST, NOT_FOUND, NOT_READY -> throw e;
            default -> {
                Optional<FleetException> problem = reachability.problemNow();
                if (problem.isPresent()) {
                    throw problem.get();
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw CommitFailures.tell(e);
                }
            }
        }
    }

    private <T> T once(String message, Change<T> work) {
        try (SchemaPin pin = lake.schemaPin()) {
            return lake.inTransaction(session -> {
                T result = work.run(session, pin);
                session.execute("CALL lake.set_commit_message('duckfleet-sidecar', ?)", message);
                return result;
            });
        }
    }

    @FunctionalInterface
    private interface Change<T> {
        T run(Session session, SchemaPin pin);
    }
}
