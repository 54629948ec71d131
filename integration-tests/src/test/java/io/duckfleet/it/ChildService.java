package io.duckfleet.it;

import io.duckfleet.cli.local.Installation;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.cli.local.ServiceSpec;
import io.duckfleet.cli.local.ServiceSpec.Heap;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A service of a test's own, as a real process on the loopback.
public final class ChildService implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path log;

    private ChildService(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// Starts the program of `module` on `port`.
    static ChildService start(String module, int port, List<String> arguments, Map<String, String> environment) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        Path program = new Installation(Path.of(System.getProperty("duckfleet.root"))).program(module);
        ServiceSpec spec = new ServiceSpec(
                module,
                ServiceSpec.jar(program),
                all,
                environment,
                new Heap(256),
                URI.create("http://127.0.0.1:" + port));
        try {
            Path log = Files.createTempFile("duckfleet-it-" + module + "-", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()));
            builder.environment().putAll(environment);
            return new ChildService(builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A port that nobody listens at.
    public static int freePort() {
        return PortLayout.anyFreePort();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the service says that it is ready.
    ChildService awaitReady() {
        Await.until("%s is ready: %s".formatted(at(""), log), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it has ended: " + log());
            }
            return Http.isReady(at("/health/ready"));
        });
        return this;
    }

    /// As `kill -9` does.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
