package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Has DuckDB write the rows of a SELECT into a file of ours, and stops it as soon as the file outgrows its
/// limit: DuckDB itself knows none, and the file may stand in memory.
public final class BoundedCopy {

    /// In a FROM, as COPY itself takes no DESCRIBE and no SUMMARIZE.
    private static final String PREFIX = "COPY (FROM (";
    private static final long LOOK_EVERY_MS = 20;

    private static final ScheduledExecutorService LOOKS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("file-sizes").factory());

    private final Session session;
    private final Path file;
    private final ResultLimit limit;
    private final AtomicBoolean outgrown = new AtomicBoolean();

    private BoundedCopy(Session session, Path file, ResultLimit limit) {
        this.session = session;
        this.file = file;
        this.limit = limit;
    }

    /// Writes the rows of `select` into `file` with COPY's `options`, in order, and counts them. After a
    /// failure there is no file, and the session is of no further use.
    ///
    /// @throws FleetException `result_too_large`, or whatever fails in the statement
    public static long run(Session session, String select, Path file, String options, ResultLimit limit) {
        return new BoundedCopy(session, file, limit).run(select, options);
    }

    private long run(String select, String options) {
        Future<?> looks = LOOKS.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        try {
            long rows = Positions.shifted(
                    PREFIX.length(),
                    () -> session.inTransaction(
                            select,
                            transaction -> transaction.update("%s%s\n)) TO %s (%s)"
                                    .formatted(PREFIX, select, Identifiers.literal(file.toString()), options))));
            look();
            requireWithinLimit();
            return rows;
        } catch (FleetException e) {
            delete(file);
            requireWithinLimit();
            throw e;
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        } finally {
            looks.cancel(false);
        }
    }

    private void look() {
        if (limit.isExceededBy(file.toFile().length()) && outgrown.compareAndSet(false, true)) {
            session.cancel();
        }
    }

    private void requireWithinLimit() {
        if (outgrown.get()) {
            delete(file);
            throw limit.exceeded();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
