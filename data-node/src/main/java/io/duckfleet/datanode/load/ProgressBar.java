package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Draws a load's progress as one line that is drawn anew, for a person at a terminal:
/// `[=========>          ]  48 % of 203.5 MB, 2,400,000 rows, 61.0 MB/s, 2 s left`. Thread-safe.
final class ProgressBar implements Consumer<LoadProgress> {

    private static final int WIDTH = 30;
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream terminal;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(LoadProgress progress) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL.toNanos())) {
            draw(progress);
        }
    }

    void draw(LoadProgress progress) {
        int done = (int) (WIDTH * progress.fraction());
        String head = done == WIDTH ? "" : ">";
        terminal.print("\r[%s%s%s] %s%s"
                .formatted("=".repeat(done), head, " ".repeat(WIDTH - done - head.length()), progress, CLEAR_TO_END));
        terminal.flush();
    }

    /// Takes the bar away.
    void clear() {
        terminal.print("\r" + CLEAR_TO_END);
        terminal.flush();
    }
}
