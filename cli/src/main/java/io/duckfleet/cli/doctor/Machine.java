package io.duckfleet.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.duckfleet.cli.extensions.ExtensionInstaller;
import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.local.DataDirectory;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the machine offers: extensions, ports, memory, disk.
final class Machine {

    private static final double GIGABYTE = 1e9;
    private static final double LEAST_MEMORY = 2 * GIGABYTE;
    private static final double LEAST_DISK = 2 * GIGABYTE;
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+([0-9]+) kB");

    private Machine() {}

    static Finding extensions() {
        ExtensionInstaller installer = ExtensionInstaller.standard(Progress.silent());
        List<String> missing = ExtensionInstaller.NEEDED.stream()
                .filter(name -> !installer.folder().has(name))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Finding.ok(
                        "extensions",
                        "%s in %s"
                                .formatted(
                                        installer.folder().version(),
                                        installer.folder().root()))
                : Finding.missing(
                        "extensions",
                        "no %s in %s; run: ./duckfleet extensions"
                                .formatted(
                                        String.join(", ", missing),
                                        installer.folder().root()));
    }

    static Finding ports() {
        List<String> taken = PortLayout.STANDARD.taken();
        if (taken.isEmpty()) {
            return Finding.ok("ports", "those of the demo are free");
        }
        if (runsHere()) {
            return Finding.ok("ports", "held by the fleet that runs in the background (./duckfleet status)");
        }
        return Finding.warn(
                "ports", "%s; use --port-base, or stop what holds them".formatted(String.join("; ", taken)));
    }

    private static boolean runsHere() {
        DataDirectory data = DataDirectory.standard();
        return Files.isDirectory(data.processes())
                && BackgroundFleet.in(data, Optional.empty()).settings().ports().equals(PortLayout.STANDARD)
                && BackgroundFleet.in(data, Optional.empty()).runs();
    }

    static Finding memory() {
        double free = availableMemory();
        String text = String.format(Locale.ROOT, "%.1f GB available", free / GIGABYTE);
        return free >= LEAST_MEMORY
                ? Finding.ok("memory", text)
                : Finding.warn("memory", text + "; the demo wants 2 GB: end other programs");
    }

    /// What programs can have without swapping: Linux tells it, elsewhere what is free comes near it.
    private static double availableMemory() {
        Path file = Path.of("/proc/meminfo");
        try {
            Matcher available = AVAILABLE.matcher(Files.isReadable(file) ? Files.readString(file) : "");
            if (available.find()) {
                return Long.parseLong(available.group(1)) * 1024.0;
            }
        } catch (IOException e) {
            // Java's own figure serves as well.
        }
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
    }

    static Finding disk() {
        Path home = Path.of(System.getProperty("user.home"));
        try {
            double free = Files.getFileStore(home).getUsableSpace();
            String text = String.format(Locale.ROOT, "%.1f GB free at %s", free / GIGABYTE, home);
            return free >= LEAST_DISK
                    ? Finding.ok("disk", text)
                    : Finding.warn("disk", text + "; 2 GB are wanted: delete files, or use --data-dir");
        } catch (IOException e) {
            return Finding.warn("disk", "%s can't be looked at: %s".formatted(home, e));
        }
    }
}
