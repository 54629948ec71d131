package io.duckfleet.common.duckdb;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to a DuckDB instance, used by one thread at a time; only [#cancel()] may be called by
/// others. Errors are told as [FleetException]s.
public final class Session implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Session.class);
    private static final long BETWEEN_INTERRUPTS_MS = 20;
    private static final Pattern PIVOT = Pattern.compile("pivot", Pattern.CASE_INSENSITIVE);

    private static final ScheduledExecutorService INTERRUPTS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("interrupts").factory());

    private final DuckDBConnection connection;
    private final AtomicReference<@Nullable PreparedStatement> running = new AtomicReference<>();
    private volatile boolean cancelled;
    private boolean transaction;

    Session(DuckDBConnection connection) {
        this.connection = connection;
    }

    /// Runs a statement; parameters are bound to its `?`.
    public void execute(String sql, Object... parameters) {
        run(sql, parameters, statement -> statement.execute());
    }

    /// Runs a statement and tells how many rows it changed.
    public long update(String sql, Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeLargeUpdate);
    }

    /// Runs a query and lends its rows to `reader`.
    public <T> T query(String sql, RowsReader<T> reader, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        });
    }

    /// Does `work`, which is to compute `statement`, in one transaction, which is rolled back if it fails. A
    /// statement over the lake is bound twice and executed; in a transaction the lake's catalog is asked once
    /// for all of that. A PIVOT is computed outside: without an IN list it makes DuckDB set an option, which
    /// a locked instance refuses within a transaction.
    public <T> T inTransaction(String statement, SessionWork<T> work) {
        return PIVOT.matcher(statement).find() ? work.run(this) : inTransaction(work);
    }

    /// Does `work` in one transaction, which is rolled back if it fails. Where others write, a query needs one
    /// of its own at least: DuckDB (1.5.5) plans a statement by the values that there are, runs it afterwards,
    /// and takes values that came in between for others.
    public <T> T inTransaction(SessionWork<T> work) {
        begin();
        try {
            T result = work.run(this);
            commit();
            return result;
        } finally {
            rollBack();
        }
    }

    /// Begins a transaction. It is rolled back when the session is closed before [#commit()].
    public void begin() {
        execute("BEGIN TRANSACTION");
        transaction = true;
    }

    /// Commits the transaction.
    public void commit() {
        execute("COMMIT");
        transaction = false;
    }

    /// Rolls the transaction back if there is one that isn't committed, also in a session that was cancelled.
    /// When a database is away, DuckDB has let go of the transaction all the same.
    public void rollBack() {
        if (!transaction) {
            return;
        }
        transaction = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debugf("rolling back: %s", DuckDbErrors.translate(e).detail());
        }
    }

    /// Binds a query without running it, and lends its columns to `reader`.
    public <T> T bind(String sql, ColumnsReader<T> reader) {
        return run(sql, new Object[0], statement -> reader.read(statement.getMetaData()));
    }

    /// Runs a query and gives its rows, to be closed by the caller.
    public Cursor openCursor(String sql, Object... parameters) {
        PreparedStatement statement = prepare(sql, parameters);
        try {
            return new Cursor(
                    statement,
                    guarded(statement, PreparedStatement::executeQuery).unwrap(DuckDBResultSet.class));
        } catch (SQLException e) {
            closeAfter(statement, e);
            throw DuckDbErrors.translate(e);
        } catch (RuntimeException e) {
            closeAfter(statement, e);
            throw e;
        }
    }

    /// The single value of a query that gives one row and one column, as text.
    public String queryText(String sql, Object... parameters) {
        return query(sql, rows -> single(rows).getString(1), parameters);
    }

    /// The single value of a query that gives one row and one column, as a number.
    public long queryLong(String sql, Object... parameters) {
        return query(sql, rows -> single(rows).getLong(1), parameters);
    }

    /// The first column of a query's rows, as texts.
    public List<String> queryTexts(String sql, Object... parameters) {
        return query(
                sql,
                rows -> {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return List.copyOf(texts);
                },
                parameters);
    }

    /// Stops the statement that runs now, and every later one of this session, with `cancelled`. Any thread
    /// may call it.
    public void cancel() {
        cancelled = true;
        interrupt();
    }

    /// Until nothing runs any more: DuckDB forgets an interrupt that comes just before the statement begins.
    private void interrupt() {
        PreparedStatement statement = running.get();
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            if (statement.equals(running.get())) {
                throw DuckDbErrors.translate(e);
            }
        }
        Future<?> _ = INTERRUPTS.schedule(this::interrupt, BETWEEN_INTERRUPTS_MS, TimeUnit.MILLISECONDS);
    }

    /// The JDBC connection, for what has no method here (appenders, Arrow streams).
    public DuckDBConnection connection() {
        return connection;
    }

    /// Closes the session, without a transaction: one whose database is away would end the process here.
    @Override
    public void close() {
        rollBack();
        try {
            connection.close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private <T> T run(String sql, Object[] parameters, StatementWork<T> work) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return guarded(statement, work);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private PreparedStatement prepare(String sql, Object[] parameters) {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// Does `work` while the statement can be cancelled from another thread.
    private <T> T guarded(PreparedStatement statement, StatementWork<T> work) throws SQLException {
        running.set(statement);
        try {
            if (cancelled) {
                throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled");
            }
            return work.run(statement);
        } finally {
            running.set(null);
        }
    }

    private static void closeAfter(PreparedStatement statement, Exception failure) {
        try {
            statement.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static ResultSet single(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("one row was expected, none was found");
        }
        return rows;
    }

    @FunctionalInterface
    private interface StatementWork<T> {
        T run(PreparedStatement statement) throws SQLException;
    }
}
