package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.BatchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;

/// The buffer's DuckDB file, open. Records are numbered in the order in which they come; numbers are never
/// given twice, also after a crash. Written by one thread; [#read] may be called by others, until the file
/// is closed.
final class BufferFile implements AutoCloseable {

    private static final String NAME = "buffer.duckdb";
    private static final String MEMORY_LIMIT = "256MB";
    private static final Pattern HOLDER = Pattern.compile("\\(PID (\\d+)\\)");

    private final DuckDb duckDb;
    private final Session session;
    private final UUID id;
    private Optional<DuckDBAppender> appender = Optional.empty();
    private Optional<PreparedStatement> insert = Optional.empty();
    private long lastSequence;

    private BufferFile(DuckDb duckDb, Session session) {
        this.duckDb = duckDb;
        this.session = session;
        BufferTables.create(session);
        this.id = UUID.fromString(session.queryText("SELECT id FROM identity"));
        this.lastSequence = BufferTables.lastSequence(session);
    }

    /// Opens the file in `directory`, both of which are made if they are missing.
    ///
    /// @throws FleetException `not_ready` if another process holds it, `buffer_disk_full` if it can't be
    /// opened for lack of room, `internal` if it can't be opened at all
    static BufferFile open(Path directory) {
        DuckDb duckDb = openDatabase(directory);
        try {
            return new BufferFile(duckDb, duckDb.open());
        } catch (RuntimeException e) {
            duckDb.close();
            throw e;
        }
    }

    private static DuckDb openDatabase(Path directory) {
        try {
            Files.createDirectories(directory);
            return DuckDb.onFile(
                    directory.resolve(NAME),
                    DuckDbSettings.in(directory.resolve("spill"))
                            .withMemoryLimit(Optional.of(MEMORY_LIMIT))
                            .withThreads(OptionalInt.of(1)));
        } catch (IOException e) {
            throw new FleetException(
                    ErrorCode.INTERNAL,
                    "the buffer's folder %s can't be made or used; set BUFFER_DIR to one that this process may write"
                            .formatted(directory));
        } catch (FleetException e) {
            throw told(e, directory);
        }
    }

    private static FleetException told(FleetException error, Path directory) {
        if (error.detail().contains("Could not set lock")) {
            Matcher holder = HOLDER.matcher(error.detail());
            return new FleetException(
                    ErrorCode.NOT_READY,
                    "the buffer in %s is held by another process%s; give each sidecar a BUFFER_DIR of its own, or stop the other one"
                            .formatted(directory, holder.find() ? " (" + holder.group(1) + ")" : ""));
        }
        if (DiskRoom.isShortage(error)) {
            return DiskRoom.full(directory, error);
        }
        return new FleetException(
                ErrorCode.INTERNAL,
                "the buffer in %s can't be opened; records in it are kept, see whether the file is readable and whole: %s"
                        .formatted(directory, error.detail()));
    }

    /// The buffer's identity, made with the file.
    UUID id() {
        return id;
    }

    /// The number of the last record that was ever here.
    long lastSequence() {
        return lastSequence;
    }

    /// Appends `group` in one transaction, which is on disk when this returns.
    void append(List<StreamRecord> group) {
        try {
            if (group.size() == 1) {
                insert(group.getFirst(), lastSequence + 1);
            } else {
                append(appender(), group, lastSequence + 1);
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
        lastSequence += group.size();
    }

    private static void append(DuckDBAppender target, List<StreamRecord> group, long first) throws SQLException {
        long sequence = first;
        for (StreamRecord row : group) {
            append(target, row, sequence++);
        }
        target.flush();
    }

    /// A record that comes alone: a prepared statement takes two thirds of an appender's time for it.
    private void insert(StreamRecord row, long sequence) throws SQLException {
        if (insert.isEmpty()) {
            insert = Optional.of(
                    session.connection().prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        }
        PreparedStatement statement = insert.get();
        statement.setLong(1, sequence);
        statement.setString(2, row.table().text());
        statement.setString(3, row.day().map(LocalDate::toString).orElse(null));
        statement.setLong(4, ChronoUnit.MICROS.between(Instant.EPOCH, row.receivedAt()));
        statement.setString(5, row.key().map(BatchKey::text).orElse(null));
        statement.setString(6, row.key().map(BatchKey::content).orElse(null));
        statement.setBoolean(7, row.ownFields() == OwnFields.SOME);
        statement.setString(8, row.text());
        statement.execute();
    }

    /// An appender belongs to the thread that made it.
    private DuckDBAppender appender() throws SQLException {
        if (appender.isEmpty()) {
            appender = Optional.of(session.connection().createAppender("main", "entry"));
        }
        return appender.get();
    }

    private static void append(DuckDBAppender target, StreamRecord row, long sequence) throws SQLException {
        target.beginRow();
        target.append(sequence);
        target.append(row.table().text());
        append(target, row.day().map(LocalDate::toString));
        target.append(ChronoUnit.MICROS.between(Instant.EPOCH, row.receivedAt()));
        append(target, row.key().map(BatchKey::text));
        append(target, row.key().map(BatchKey::content));
        target.append(row.ownFields() == OwnFields.SOME);
        target.append(row.text());
        target.endRow();
    }

    private static void append(DuckDBAppender target, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            target.append(text.get());
        } else {
            target.appendNull();
        }
    }

    /// Writes `plans` down, in place of `instead`.
    void plan(List<FlushPlan> plans, List<FlushPlan> instead) {
        boolean _ = session.inTransaction(writing -> {
            instead.forEach(old -> BufferTables.removePlan(writing, old));
            plans.forEach(plan -> BufferTables.addPlan(writing, plan));
            return true;
        });
    }

    /// Removes the plans with their records.
    void remove(List<FlushPlan> plans) {
        boolean _ = session.inTransaction(writing -> {
            for (FlushPlan plan : plans) {
                BufferTables.removeRecords(writing, plan);
                BufferTables.removePlan(writing, plan);
            }
            return true;
        });
    }

    /// Folds the log into the file, while nobody reads. It never happens by itself, as that would be in the
    /// middle of an append.
    void checkpoint() {
        session.execute("CHECKPOINT");
    }

    /// Lends a session for reading, in a transaction.
    <T> T read(SessionWork<T> work) {
        return duckDb.withSession(session -> session.inTransaction(work));
    }

    /// Closes the file; an instance that is past use is let go all the same. What the appender still holds
    /// was refused to those who sent it, or is found to be durable afterwards.
    @Override
    public void close() {
        try {
            closeStatements();
        } finally {
            try {
                session.close();
            } finally {
                duckDb.close();
            }
        }
    }

    private void closeStatements() {
        try {
            if (insert.isPresent()) {
                insert.get().close();
            }
            if (appender.isPresent()) {
                appender.get().close();
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
