package io.duckfleet.cli.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One process of the fleet: a Java program with its arguments and environment. Secrets stand in the
/// environment alone; printing it shows none.
public record ServiceSpec(
        String name,
        List<String> program,
        List<String> arguments,
        Map<String, String> environment,
        Heap heap,
        URI address) {

    /// How much heap a process may have, in MB.
    public record Heap(int megabytes) {}

    /// What every Java process of the project is started with; the same stands as `jvm.flags` in the root
    /// pom.
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xshare:auto");

    /// A heap that begins small and gives memory back, instead of one sized by the machine: many processes
    /// share it.
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:ReservedCodeCacheSize=64m",
            "-Xss512k",
            "-Xms32m");

    /// The second compiler is for what runs all the time, such as the loops of a load; ten times the usual
    /// number of calls leaves it out of a start, where all services want the same few processors.
    private static final List<String> QUICK_TO_START = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000");

    public ServiceSpec {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /// A program that is one jar.
    public static List<String> jar(Path jar) {
        return List.of("-jar", jar.toString());
    }

    /// The command line.
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(FLAGS);
        command.addAll(SMALL);
        command.addAll(QUICK_TO_START);
        command.add("-Xmx%dm".formatted(heap.megabytes()));
        command.addAll(program);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /// The `java` that runs this process.
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /// Flags and program for one service in the foreground, with a heap as the machine suggests.
    static List<String> foreground(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(FLAGS);
        command.addAll(jar(jar));
        return List.copyOf(command);
    }

    @Override
    public String toString() {
        return "ServiceSpec[%s at %s, arguments=%s]".formatted(name, address, arguments);
    }
}
