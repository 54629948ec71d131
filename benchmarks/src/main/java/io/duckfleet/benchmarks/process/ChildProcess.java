package io.duckfleet.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Java process that is measured, or that is measured against. What it prints is read line by line.
public final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx512m");

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /// A program of ours, with these flags of the JVM.
    public static ChildProcess jar(
            Path jar, List<String> flags, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> program = new ArrayList<>(flags);
        program.addAll(List.of("-jar", jar.toString()));
        return start(program, environment, arguments);
    }

    /// A main class of this class path.
    public static ChildProcess main(Class<?> main, Map<String, String> environment, List<String> arguments)
            throws IOException {
        String classPath = String.valueOf(System.getProperty("java.class.path"));
        return start(List.of("-cp", classPath, main.getName()), environment, arguments);
    }

    private static ChildProcess start(List<String> program, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ChildProcess(process);
    }

    public long pid() {
        return process.pid();
    }

    /// Refuses a process that has ended.
    ///
    /// @throws IOException with its exit code
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the process ended with exit code %d".formatted(process.exitValue()));
        }
    }

    /// Waits for a line that has `text` in it, and gives what follows there. What comes after is thrown away.
    public String awaitLine(String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the process ended before it said \"%s\"".formatted(text));
        }
        Thread.ofPlatform().daemon().name("output").start(this::drain);
        return line.substring(line.indexOf(text) + text.length()).strip();
    }

    private void drain() {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The process has ended, and its output with it.
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
