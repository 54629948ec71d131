package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadProgress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the progress of loads is shown: as a bar to a person at a terminal, else as lines in the log.
public sealed interface ProgressDisplay {

    /// A line in the log now and then.
    record InLog() implements ProgressDisplay {}

    /// A bar.
    record OnTerminal(PrintStream terminal) implements ProgressDisplay {}

    /// The bar if a person looks on: standard input and output are a terminal's.
    static ProgressDisplay here() {
        boolean atTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return atTerminal ? new OnTerminal(System.err) : new InLog();
    }

    /// Shows the progress of a load of `url` to whom `work` tells it.
    default <T> T during(String url, Work<T> work) {
        return switch (this) {
            case InLog() -> work.tell(new ProgressLog(url));
            case OnTerminal(PrintStream terminal) -> withBar(new ProgressBar(terminal), work);
        };
    }

    private static <T> T withBar(ProgressBar bar, Work<T> work) {
        try {
            return work.tell(bar);
        } finally {
            bar.clear();
        }
    }

    /// A load that tells its progress.
    @FunctionalInterface
    interface Work<T> {
        T tell(Consumer<LoadProgress> display);
    }
}
