package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Writes a load's progress into the log, at most one line in [#INTERVAL].
final class ProgressLog implements Consumer<LoadProgress> {

    private static final Logger LOG = Logger.getLogger(ProgressLog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String url;
    private final AtomicLong next = new AtomicLong(System.nanoTime() + INTERVAL.toNanos());

    ProgressLog(String url) {
        this.url = url;
    }

    @Override
    public void accept(LoadProgress progress) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL.toNanos())) {
            LOG.infof("loading %s: %s", url, progress);
        }
    }
}
