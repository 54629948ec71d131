package io.duckfleet.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The greatest resident memory of a process, where the system tells it (Linux).
public final class PeakMemory {

    private static final String PEAK = "VmHWM:";
    private static final String NOW = "VmRSS:";
    private static final long KILOBYTE = 1_024;

    private PeakMemory() {}

    /// The peak of process `pid` in bytes, since it started or since [#reset(long)].
    public static OptionalLong of(long pid) {
        return field(pid, PEAK);
    }

    /// What process `pid` holds now, in bytes.
    public static OptionalLong now(long pid) {
        return field(pid, NOW);
    }

    private static OptionalLong field(long pid, String name) {
        try (Stream<String> lines = Files.lines(folder(pid).resolve("status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /// Starts over from what the process holds now.
    public static void reset(long pid) {
        try {
            Files.writeString(folder(pid).resolve("clear_refs"), "5");
        } catch (IOException e) {
            // Not to be had here: the peak since the start is told then.
        }
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
