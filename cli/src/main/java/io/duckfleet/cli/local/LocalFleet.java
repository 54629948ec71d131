package io.duckfleet.cli.local;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.CatalogDatabase;
import io.duckfleet.cli.local.storage.Storage;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.common.lake.CatalogSettings;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.common.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A whole fleet that lives as long as its owner: storage in this process, services as child processes.
/// Closing it stops everything; the data stay in their directory. Thread-safe.
public final class LocalFleet implements AutoCloseable {

    private static final String POSTGRES = "postgres";

    private final LocalFleetSettings settings;
    private final StorageCredentials credentials;
    private final JsonClient http = new JsonClient();
    private final Storage storage;
    private final FleetStartup startup;
    private final CompletableFuture<String> firstDeath = new CompletableFuture<>();
    private final Progress progress;
    private final Runnable whenClosed;
    private volatile boolean closed;

    private LocalFleet(
            LocalFleetSettings settings, StorageCredentials credentials, Progress progress, Runnable whenClosed) {
        this.settings = settings;
        this.credentials = credentials;
        this.progress = progress;
        this.whenClosed = whenClosed;
        this.startup = new FleetStartup(settings, credentials, http, progress);
        this.storage = Storage.start(settings.storage(), credentials);
    }

    /// Starts a fleet and returns when all of it is ready.
    ///
    /// @throws CommandFailure if a port is taken or a component can't be started; then nothing of it runs
    public static LocalFleet start(LocalFleetSettings settings) {
        return start(settings, Progress.silent(), () -> {});
    }

    /// As [#start(LocalFleetSettings)], telling each step to `progress`. The fleet is also closed when this
    /// process is asked to end; `whenClosed` runs once when nothing of the fleet runs any more, also when
    /// it can't be started.
    public static LocalFleet start(LocalFleetSettings settings, Progress progress, Runnable whenClosed) {
        settings.installation().requireBuilt();
        settings.data().create();
        List<String> taken = PortLayout.taken(settings.portsByComponent());
        if (!taken.isEmpty()) {
            whenClosed.run();
            throw new CommandFailure("%s; choose others with --port-base".formatted(String.join("; ", taken)));
        }
        LocalFleet fleet =
                new LocalFleet(settings, StorageCredentials.in(settings.data().credentials()), progress, whenClosed);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("fleet-shutdown").unstarted(fleet::close));
        try {
            fleet.startServices();
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void startServices() {
        startup.run(new InProcessStorage(storage));
        startup.started().forEach(service -> watch(service.name(), service.handle()));
        storage.catalog().join().process().ifPresent(server -> watch(POSTGRES, server));
    }

    private void watch(String component, ProcessHandle process) {
        Thread.ofVirtual().name("watch-" + component).start(() -> {
            process.onExit().join();
            if (!closed) {
                firstDeath.complete(component);
            }
        });
    }

    /// Starts a service again that has ended.
    public void restart(String component) {
        process(component).ifPresent(process -> {
            throw new CommandFailure("%s runs, as process %d".formatted(component, process.pid()));
        });
        new FleetStartup(settings, credentials, http, Progress.silent()).run(new InProcessStorage(storage));
    }

    /// Ingests the sample trips, unless the lake has them already; returns when the coordinator sees them,
    /// and Trino, if there is one.
    public void loadTrips() {
        new TripsSample(http, settings.installation().samples()).load(sidecar(), coordinator());
        if (settings.trino().isPresent()) {
            LakeMirror.sync(http, sidecar());
        }
    }

    public URI coordinator() {
        return FleetServices.address(settings.ports().coordinator());
    }

    public URI sidecar() {
        return FleetServices.address(settings.ports().sidecar());
    }

    public URI node(SampleTable table) {
        return FleetServices.address(settings.ports().node(table));
    }

    /// Where the lake is, with the credentials for it.
    public LakeSettings lake() {
        URI endpoint = FleetServices.address(settings.ports().s3());
        return new LakeSettings(
                new S3Settings(
                        endpoint,
                        credentials.s3AccessKey(),
                        credentials.s3SecretKey(),
                        FleetServices.LAKE_BUCKET,
                        FleetServices.REGION),
                new CatalogSettings(
                        FleetServices.HOST,
                        settings.ports().postgres(),
                        CatalogDatabase.DATABASE,
                        CatalogDatabase.USER,
                        credentials.catalogPassword(),
                        FleetServices.CATALOG_SCHEMA));
    }

    /// The process of a component (`coordinator`, `sidecar`, `node-airports`, ..), if it runs.
    public Optional<ProcessHandle> process(String component) {
        return notes().running(component);
    }

    /// Where a component writes its log.
    public Path log(String component) {
        return settings.data().log(component);
    }

    /// The end of a component's log, below a line that names the file.
    public String logExcerpt(String component) {
        return new LogFile(log(component)).excerpt();
    }

    /// Done with a component's name when the first one has ended by itself.
    public CompletableFuture<String> firstDeath() {
        return firstDeath.copy();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        startup.startNoMore();
        try {
            new FleetShutdown(notes()).stopServices();
        } finally {
            storage.close();
            whenClosed.run();
            progress.say("The fleet is stopped.");
        }
    }

    private ProcessNotes notes() {
        return new ProcessNotes(settings.data().processes());
    }
}
