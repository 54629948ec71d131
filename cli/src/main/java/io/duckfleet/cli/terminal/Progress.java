package io.duckfleet.cli.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Tells how long work gets on: a line for each step that is done, with the time that it took. Thread-safe.
public final class Progress {

    private static final double NANOS = 1e9;

    private final PrintStream out;

    private Progress(PrintStream out) {
        this.out = out;
    }

    public static Progress to(PrintStream out) {
        return new Progress(out);
    }

    /// Progress that nobody sees.
    public static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()));
    }

    /// A line of its own.
    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /// A step is done: `  ✓ postgres           1.2 s`.
    public void done(String step, Duration took) {
        say("  ✓ %-44s %6.1f s".formatted(step, took.toNanos() / NANOS));
    }

    /// Runs `work` and tells that `step` is done when it is.
    public void step(String step, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        done(step, Duration.ofNanos(System.nanoTime() - begin));
    }

    /// A time in seconds with one decimal, such as `12.3 s`.
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / NANOS);
    }
}
