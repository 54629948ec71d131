package io.duckfleet.cli.local;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Starts a fleet's services, each as soon as what it needs is there, all at the same time; those that run
/// already are only waited for.
final class FleetStartup {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration DEADLINE_OF_TRINO = Duration.ofMinutes(5);

    private final LocalFleetSettings settings;
    private final FleetServices services;
    private final ProcessNotes notes;
    private final Readiness readiness;
    private final Readiness readinessOfTrino;
    private final Progress progress;
    private final ConcurrentLinkedQueue<ServiceProcess> started = new ConcurrentLinkedQueue<>();
    private boolean abandoned;

    FleetStartup(LocalFleetSettings settings, StorageCredentials credentials, JsonClient http, Progress progress) {
        this.settings = settings;
        this.services = new FleetServices(settings, credentials);
        this.notes = new ProcessNotes(settings.data().processes());
        this.readiness = new Readiness(http, DEADLINE);
        this.readinessOfTrino = new Readiness(http, DEADLINE_OF_TRINO);
        this.progress = progress;
    }

    /// Returns when every service is ready, and the coordinator has seen the others.
    ///
    /// @throws CommandFailure of the first one that can't be started
    void run(StorageHost storage) {
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            all.add(timed("S3", storage.objectsReady()));
            all.add(timed("Postgres", storage.catalogReady()));
            for (FleetNode node : settings.nodes()) {
                all.add(storage.objectsReady().thenRunAsync(() -> bringUp(() -> services.node(node)), executor));
            }
            CompletableFuture<Void> both = CompletableFuture.allOf(storage.objectsReady(), storage.catalogReady());
            CompletableFuture<Void> sidecar = both.thenRunAsync(() -> bringUp(services::sidecar), executor);
            all.add(sidecar);
            settings.trino().ifPresent(trino -> all.add(sidecar.thenRunAsync(() -> bringUpTrino(trino), executor)));
            all.add(both.thenRunAsync(() -> bringUp(services::coordinator), executor));
            awaitOrAbandon(all);
        }
        readiness.awaitHealthy(FleetServices.address(settings.ports().coordinator()));
    }

    /// The processes that this startup has started so far.
    List<ServiceProcess> started() {
        return List.copyOf(started);
    }

    /// Starts nothing more. What was started until now is noted, so that a shutdown finds it.
    synchronized void startNoMore() {
        abandoned = true;
    }

    /// Stops what this startup has started, and starts nothing more.
    void abandon() {
        startNoMore();
        started.forEach(process -> process.handle().destroyForcibly());
    }

    /// A fleet that can't be whole is given up: what was started is stopped, so that nobody waits for it
    /// any longer.
    private void awaitOrAbandon(List<CompletableFuture<Void>> all) {
        try {
            awaitAll(all);
        } catch (CommandFailure failure) {
            abandon();
            throw failure;
        }
    }

    private CompletableFuture<Void> timed(String name, CompletableFuture<Void> work) {
        long begin = System.nanoTime();
        return work.thenRun(() -> progress.done(name, Duration.ofNanos(System.nanoTime() - begin)));
    }

    private void bringUp(Supplier<ServiceSpec> specification) {
        bringUp(specification, readiness::await);
    }

    /// The sidecar makes the tables of the Iceberg catalog, which Trino looks for.
    private void bringUpTrino(LocalTrino trino) {
        bringUp(() -> services.trino(trino), readinessOfTrino::awaitTrino);
    }

    private void bringUp(Supplier<ServiceSpec> specification, BiConsumer<ServiceProcess, URI> awaiting) {
        long begin = System.nanoTime();
        ServiceSpec spec = specification.get();
        ServiceProcess process = notes.running(spec.name())
                .map(handle -> new ServiceProcess(
                        spec.name(), handle, new LogFile(settings.data().log(spec.name()))))
                .orElseGet(() -> start(spec));
        awaiting.accept(process, spec.address());
        progress.done("%s at %s".formatted(spec.name(), spec.address()), Duration.ofNanos(System.nanoTime() - begin));
    }

    private synchronized ServiceProcess start(ServiceSpec spec) {
        if (abandoned) {
            throw new CommandFailure("%s isn't started: the fleet was given up".formatted(spec.name()));
        }
        ServiceProcess process = ServiceProcess.start(spec, settings.data().log(spec.name()));
        notes.write(spec.name(), process.handle());
        started.add(process);
        return process;
    }

    /// The first failure ends the waiting.
    private static void awaitAll(List<CompletableFuture<Void>> all) {
        CompletableFuture<Void> everything = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        all.forEach(one -> one.exceptionally(failure -> {
            firstFailure.completeExceptionally(failure);
            return null;
        }));
        try {
            CompletableFuture.anyOf(everything, firstFailure).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : new CommandFailure("the fleet can't be started: " + e, e);
        }
    }
}
