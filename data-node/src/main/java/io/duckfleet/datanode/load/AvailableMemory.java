package io.duckfleet.datanode.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The memory that a process may still take: what Linux says is available, within the limit of the control
/// group (version 2), where there is one.
final class AvailableMemory {

    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path GROUP = Path.of("/sys/fs/cgroup");
    private static final long KILOBYTE = 1_024;

    private final Path machine;
    private final Path group;

    AvailableMemory() {
        this(MACHINE, GROUP);
    }

    AvailableMemory(Path machine, Path group) {
        this.machine = machine;
        this.group = group;
    }

    /// In bytes; without a bound where the system tells nothing.
    long bytes() {
        return Math.min(ofMachine().orElse(Long.MAX_VALUE), ofGroup().orElse(Long.MAX_VALUE));
    }

    private OptionalLong ofMachine() {
        return number(machine, "MemAvailable:").stream()
                .map(kilobytes -> kilobytes * KILOBYTE)
                .findFirst();
    }

    /// Pages of files that nobody has touched lately count as free.
    private OptionalLong ofGroup() {
        OptionalLong limit = number(group.resolve("memory.max"), "");
        OptionalLong used = number(group.resolve("memory.current"), "");
        if (limit.isEmpty() || used.isEmpty()) {
            return OptionalLong.empty();
        }
        long reclaimable = number(group.resolve("memory.stat"), "inactive_file").orElse(0);
        return OptionalLong.of(limit.getAsLong() - used.getAsLong() + reclaimable);
    }

    /// The number in the first line of `file` that starts with `prefix`, if there is such a line with a
    /// number.
    private static OptionalLong number(Path file, String prefix) {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> found = lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).replaceAll("\\D", ""))
                    .limit(1)
                    .toList();
            return found.isEmpty() || found.getFirst().isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(found.getFirst()));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
