package io.duckfleet.sidecar.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Sidecar, Postgres and S3 server as processes that can be killed at any moment, on data that stay.
final class KillableFleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String SECRET = "s3-secret";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int sidecarPort;
    private final int s3Port;
    private EmbeddedPostgres postgres;
    private Process s3;
    private Process sidecar;

    KillableFleet(Path folder) throws IOException {
        this.folder = folder;
        this.sidecarPort = freePort();
        this.s3Port = freePort();
        Files.createDirectories(folder.resolve("s3"));
        this.postgres = startPostgres(freePort());
        this.s3 = startS3();
        this.sidecar = startSidecar();
        awaitHealth();
    }

    /// The parts that can be killed.
    enum Part {
        SIDECAR,
        POSTGRES,
        S3
    }

    URI sidecar() {
        return URI.create("http://127.0.0.1:" + sidecarPort);
    }

    /// The variables for a sidecar or a reader of the lake.
    Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("S3_ENDPOINT", "http://127.0.0.1:" + s3Port),
                Map.entry("S3_ACCESS_KEY", "test"),
                Map.entry("S3_SECRET_KEY", SECRET),
                Map.entry("S3_BUCKET", "lake"),
                Map.entry("CATALOG_HOST", "127.0.0.1"),
                Map.entry("CATALOG_PORT", Integer.toString(postgres.getPort())),
                Map.entry("CATALOG_DATABASE", "postgres"),
                Map.entry("CATALOG_USER", "postgres"),
                Map.entry("CATALOG_PASSWORD", "postgres"),
                Map.entry("CATALOG_SCHEMA", "crash"),
                Map.entry("BUFFER_DIR", folder.resolve("buffer").toString()));
    }

    /// Kills a part with `kill -9` and gives back what is left of its process when it is gone.
    void kill(Part part) throws IOException {
        switch (part) {
            case SIDECAR -> end(sidecar);
            case S3 -> end(s3);
            case POSTGRES -> killPostgres();
        }
    }

    /// Asks the sidecar to stop, and gives its exit code.
    int stopSidecar(Duration deadline) throws InterruptedException {
        sidecar.destroy();
        if (!sidecar.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the sidecar didn't end within " + deadline);
        }
        return sidecar.exitValue();
    }

    /// The most memory that the sidecar has had so far, as Linux tells it.
    long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(sidecar.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    private static void end(Process process) {
        process.destroyForcibly().onExit().join();
    }

    /// The server's children go by themselves when it is gone.
    private void killPostgres() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server);
        server.destroyForcibly();
        all.forEach(process -> process.onExit().join());
    }

    /// Starts a part that was killed, on the same port and data.
    void start(Part part) throws IOException {
        switch (part) {
            case SIDECAR -> sidecar = startSidecar();
            case S3 -> s3 = startS3();
            case POSTGRES -> {
                int port = postgres.getPort();
                closePostgres();
                postgres = startPostgres(port);
            }
        }
    }

    private void closePostgres() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An embedded server is set up to be fast and forgetful; this one keeps what it has committed.
    private EmbeddedPostgres startPostgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("lc_messages", "C")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE)
                .setPort(port)
                .start();
    }

    private Process startS3() throws IOException {
        return java(
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        S3Process.class.getName(),
                        folder.resolve("s3").toString(),
                        Integer.toString(s3Port),
                        "test",
                        SECRET)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log("s3").toFile()))
                .start();
    }

    private Process startSidecar() throws IOException {
        ProcessBuilder builder = java(
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dduckfleet.sidecar.buffer.flush-age=2s",
                        "-Dduckfleet.sidecar.maintenance.merge-every=3s",
                        "-Dduckfleet.sidecar.maintenance.expire-every=4s",
                        "-Dduckfleet.sidecar.maintenance.cleanup-every=5s",
                        "-Dduckfleet.sidecar.maintenance.grace-for-readers=1s",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar")
                                .toAbsolutePath()
                                .toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(sidecarPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log("sidecar").toFile()));
        builder.environment().putAll(variables());
        builder.environment().put("DUCKDB_MEMORY_LIMIT", "256MB");
        return builder.start();
    }

    private static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /// Where a process writes its log.
    Path log(String name) {
        return Path.of("target", "crash-%s-%s.log".formatted(name, System.getProperty("surefire.forkNumber", "1")));
    }

    /// Returns when the sidecar says that all is well.
    void awaitHealth() {
        Instant end = Instant.now().plus(PATIENCE);
        while (status(HttpRequest.newBuilder(sidecar().resolve("/health"))) != 200) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "the sidecar isn't well after %s; see %s".formatted(PATIENCE, log("sidecar")));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// The status of the answer, 0 when there is none.
    int status(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(90)).build(), BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// Below the ports that systems give to outgoing connections: it must be free again after a kill.
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(10_000, 32_000)
                .filter(KillableFleet::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        end(sidecar);
        end(s3);
        closePostgres();
    }
}
