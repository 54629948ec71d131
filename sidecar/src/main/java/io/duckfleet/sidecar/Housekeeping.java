package io.duckfleet.sidecar;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.lake.Reachability;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What is done from time to time: the lake is opened as soon as it can be, with a word in the log when it
/// comes and goes; keys whose time is over are forgotten.
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final int WATCH_SECONDS = 5;
    private static final int PRUNE_SECONDS = 60;

    private final Reachability reachability;
    private final KeyLedger ledger;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());
    private List<String> lastProblems = List.of();

    Housekeeping(Reachability reachability, KeyLedger ledger) {
        this.reachability = reachability;
        this.ledger = ledger;
    }

    void start() {
        repeat(this::watch, 0, WATCH_SECONDS);
        repeat(this::prune, PRUNE_SECONDS, PRUNE_SECONDS);
    }

    private void repeat(Runnable task, int firstSeconds, int seconds) {
        // A task that throws would never run again.
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("housekeeping failed", e);
            }
        };
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(guarded, firstSeconds, seconds, TimeUnit.SECONDS);
    }

    private void watch() {
        List<String> problems =
                reachability.problems().stream().map(FleetException::detail).toList();
        if (!thread.isShutdown() && !problems.equals(lastProblems)) {
            problems.forEach(problem -> LOG.warnf("the lake is out of reach: %s", problem));
            if (problems.isEmpty()) {
                LOG.info("the lake can be reached again");
            }
            lastProblems = problems;
        }
    }

    private void prune() {
        if (reachability.problems().isEmpty()) {
            int forgotten = ledger.prune();
            LOG.debugf("%d keys forgotten", forgotten);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
