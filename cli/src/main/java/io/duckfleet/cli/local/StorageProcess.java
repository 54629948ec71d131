package io.duckfleet.cli.local;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.Storage;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The embedded storage in a background process: this program again, with its hidden command `storage`. It
/// says that it is ready by writing its process id into a file.
public final class StorageProcess implements StorageHost {

    /// The component's name.
    public static final String NAME = "storage";

    private static final String MAIN_CLASS = "io.duckfleet.cli.Duckfleet";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final CompletableFuture<Void> ready;

    private StorageProcess(CompletableFuture<Void> ready) {
        this.ready = ready;
    }

    /// The storage of the fleet, started if it doesn't run.
    static StorageProcess startOrFind(LocalFleetSettings settings, ProcessNotes notes, JsonClient http) {
        Path log = settings.data().log(NAME);
        ServiceProcess process = notes.running(NAME)
                .map(handle -> new ServiceProcess(NAME, handle, new LogFile(log)))
                .orElseGet(() -> {
                    ServiceProcess started = ServiceProcess.start(specification(settings), log);
                    notes.write(NAME, started.handle());
                    return started;
                });
        Readiness readiness = new Readiness(http, DEADLINE);
        return new StorageProcess(CompletableFuture.runAsync(
                () -> readiness.await(
                        process, () -> isReady(settings.data(), process.handle().pid())),
                Thread::startVirtualThread));
    }

    /// What the background process itself does: starts the storage, says so, and serves until it is asked
    /// to end or Postgres ends.
    ///
    /// @throws CommandFailure if the storage can't be started, or Postgres has ended
    public static void serve(LocalFleetSettings settings) {
        Storage storage = Storage.start(
                settings.storage(), StorageCredentials.in(settings.data().credentials()));
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("storage-shutdown").unstarted(storage::close));
        try {
            storage.objects().join();
            ProcessHandle postgres = storage.catalog().join().process().orElseThrow(StorageProcess::postgresEnded);
            Files.writeString(
                    settings.data().storageReady(),
                    Long.toString(ProcessHandle.current().pid()));
            postgres.onExit().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : new CommandFailure("the storage can't be started: " + e, e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "%s can't be written: %s".formatted(settings.data().storageReady(), e), e);
        }
        throw postgresEnded();
    }

    private static CommandFailure postgresEnded() {
        return new CommandFailure("Postgres ended");
    }

    private static ServiceSpec specification(LocalFleetSettings settings) {
        return new ServiceSpec(
                NAME,
                List.of(
                        "-Dduckfleet.home=" + settings.installation().home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN_CLASS),
                List.of(NAME, "--data-dir", settings.data().root().toString()),
                Map.of("MALLOC_ARENA_MAX", "2"),
                new ServiceSpec.Heap(256),
                FleetServices.address(settings.ports().s3()));
    }

    private static boolean isReady(DataDirectory data, long pid) {
        try {
            return Files.isRegularFile(data.storageReady())
                    && Files.readString(data.storageReady()).strip().equals(Long.toString(pid));
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(data.storageReady(), e), e);
        }
    }

    @Override
    public CompletableFuture<Void> objectsReady() {
        return ready.copy();
    }

    @Override
    public CompletableFuture<Void> catalogReady() {
        return ready.copy();
    }
}
