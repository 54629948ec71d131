package io.duckfleet.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// What the figures were measured on. `loadAverage` is that of the minute before the first round: well above
/// 0 means that others were at work, too.
public record Machine(String processor, int cores, long memoryBytes, String system, String java, double loadAverage) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /// This machine, now.
    public static Machine current() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                processorName(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                String.valueOf(System.getProperty("java.vm.version")),
                system.getSystemLoadAverage());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
