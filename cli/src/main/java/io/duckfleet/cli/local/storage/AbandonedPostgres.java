package io.duckfleet.cli.local.storage;

import io.duckfleet.cli.process.Program;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A Postgres server whose owner was killed: it goes on running on its data, which no second server may
/// touch.
public final class AbandonedPostgres {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private AbandonedPostgres() {}

    /// Stops the server that runs on the data in `root`, if there is one: orderly first (clients are
    /// disconnected, data are written), at last by force.
    ///
    /// @throws CommandFailure if it goes on running
    public static void stop(Path root) {
        running(root).ifPresent(AbandonedPostgres::stop);
    }

    /// The server that runs on the data in `root`.
    public static Optional<ProcessHandle> running(Path root) {
        return pid(root.resolve("postmaster.pid"))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(AbandonedPostgres::isPostgres);
    }

    private static void stop(ProcessHandle server) {
        try {
            // SIGINT is Postgres's fast shutdown; SIGTERM would wait for the clients to go.
            Program.of("kill", "-INT", Long.toString(server.pid())).run(PATIENCE);
        } catch (IOException e) {
            server.destroy();
        }
        if (!ended(server)) {
            server.destroyForcibly();
            if (!ended(server)) {
                throw new CommandFailure("the Postgres server %d can't be stopped".formatted(server.pid()));
            }
        }
    }

    private static boolean ended(ProcessHandle server) {
        try {
            server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The first line of `postmaster.pid` is the server's process.
    private static Optional<Long> pid(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]+"))
                    .map(Long::valueOf);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e), e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("/postgres"))
                .orElse(false);
    }
}
