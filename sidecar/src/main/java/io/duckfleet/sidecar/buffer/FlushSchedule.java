package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Flushes tables by themselves when they have enough records, or an old one, or the buffer is half full,
/// or a flush of theirs was begun and not finished. After a failure it waits, longer each time.
public final class FlushSchedule implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FlushSchedule.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Buffer buffer;
    private final Flusher flusher;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flush").daemon().factory());
    private Duration pause = LOOK;
    private Instant nextAt = Instant.MIN;

    public FlushSchedule(Buffer buffer, Flusher flusher, Clock clock) {
        this.buffer = buffer;
        this.flusher = flusher;
        this.clock = clock;
    }

    /// Begins to look, twice a second.
    public void start() {
        ScheduledFuture<?> _ =
                thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (clock.instant().isBefore(nextAt)) {
            return;
        }
        try {
            Set<TableName> tables = new LinkedHashSet<>(due());
            buffer.plans().forEach(begun -> tables.add(begun.table()));
            for (TableName table : tables) {
                flusher.flush(Optional.of(table), Optional.empty());
            }
            pause = LOOK;
        } catch (FleetException e) {
            pauseAfter(e.detail());
        } catch (RuntimeException e) {
            LOG.error("a flush failed in an unforeseen way", e);
            pauseAfter("unforeseen");
        }
    }

    private void pauseAfter(String reason) {
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        nextAt = clock.instant().plus(pause);
        LOG.warnf(
                "a flush failed, %d records stay in the buffer; the next try is in %d ms: %s",
                buffer.backlog().rows(), pause.toMillis(), reason);
    }

    /// The tables that are to be flushed now.
    List<TableName> due() {
        BufferSettings settings = buffer.settings();
        boolean crowded = buffer.backlog().bytes() > settings.maxBytes() / 2;
        Instant oldest = clock.instant().minus(settings.flushAge());
        return buffer.backlog().all().entrySet().stream()
                .filter(entry -> crowded || isDue(entry.getValue(), settings, oldest))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isDue(TableBacklog table, BufferSettings settings, Instant oldest) {
        return table.rows() >= settings.flushRows()
                || table.bytes() >= settings.flushBytes()
                || table.oldest().isBefore(oldest);
    }

    /// Looks no more, and waits for a flush that is under way.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_PAUSE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a flush is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
