package io.duckfleet.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.AbandonedPostgres;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A fleet that runs in the background, every component as a process of its own, and that one data
/// directory belongs to. What runs is found again by the notes in that directory; two commands can't change
/// the same fleet at once.
public final class BackgroundFleet {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration STORAGE_PATIENCE = Duration.ofSeconds(20);

    private final LocalFleetSettings settings;
    private final ProcessNotes notes;
    private final JsonClient http = new JsonClient();

    private BackgroundFleet(LocalFleetSettings settings) {
        this.settings = settings;
        this.notes = new ProcessNotes(settings.data().processes());
    }

    /// The fleet of a data directory, at `ports` or else at those that it was started with last, or else at
    /// the standard ones.
    public static BackgroundFleet in(DataDirectory data, Optional<PortLayout> ports) {
        return in(data, ports, new OwnConfigNote(data).read(), new TrinoNote(data).read());
    }

    /// The same, with tables of its own in place of the samples, and with Trino, or without.
    public static BackgroundFleet in(
            DataDirectory data, Optional<PortLayout> ports, Optional<OwnConfig> own, Optional<LocalTrino> trino) {
        PortLayout layout = ports.or(() -> lastPorts(data)).orElse(PortLayout.STANDARD);
        return new BackgroundFleet(new LocalFleetSettings(Installation.current(), data, layout, own, trino));
    }

    /// The same fleet with Trino, or without.
    public BackgroundFleet with(Optional<LocalTrino> trino) {
        return new BackgroundFleet(settings.with(trino));
    }

    public LocalFleetSettings settings() {
        return settings;
    }

    /// Whether any of its components runs.
    public boolean runs() {
        return Stream.concat(Stream.of(StorageProcess.NAME), notes.components().stream())
                .anyMatch(component -> notes.running(component).isPresent());
    }

    /// Starts what doesn't run, and ingests the sample trips if the lake hasn't got them; returns when all
    /// is ready. If it can't be, what was started is stopped again.
    public void start(Progress progress) {
        settings.installation().requireBuilt();
        settings.data().create();
        locked(() -> {
            refuseOtherPorts();
            OwnConfigNote ownConfig = new OwnConfigNote(settings.data());
            ownConfig.refuseAnother(settings.own(), runs());
            refuseTakenPorts();
            writePorts();
            ownConfig.write(settings.own());
            noteTrino();
            StorageCredentials credentials =
                    StorageCredentials.in(settings.data().credentials());
            boolean storageRan = notes.running(StorageProcess.NAME).isPresent();
            FleetStartup startup = new FleetStartup(settings, credentials, http, progress);
            try {
                startup.run(StorageProcess.startOrFind(settings, notes, http));
                if (settings.own().isEmpty()) {
                    progress.step("table trips", this::loadTrips);
                }
                showInTrino();
                return true;
            } catch (RuntimeException e) {
                startup.abandon();
                if (!storageRan) {
                    stopStorage();
                }
                throw e;
            }
        });
    }

    private void loadTrips() {
        PortLayout ports = settings.ports();
        new TripsSample(http, settings.installation().samples())
                .load(FleetServices.address(ports.sidecar()), FleetServices.address(ports.coordinator()));
    }

    /// A coordinator that runs without knowing of Trino is stopped, to be started again with its address; the
    /// other way round, too.
    private void noteTrino() {
        TrinoNote note = new TrinoNote(settings.data());
        if (note.read().isPresent() != settings.trino().isPresent()) {
            new FleetShutdown(notes).stop(FleetServices.COORDINATOR, STORAGE_PATIENCE);
        }
        note.write(settings.trino());
    }

    private void showInTrino() {
        if (settings.trino().isPresent()) {
            LakeMirror.sync(http, FleetServices.address(settings.ports().sidecar()));
        }
    }

    /// Stops all that runs, in order; returns the names of what ran.
    public List<String> stop() {
        if (!Files.isDirectory(settings.data().processes())) {
            return List.of();
        }
        return locked(() -> {
            List<String> stopped = new ArrayList<>(new FleetShutdown(notes).stopServices());
            if (stopStorage()) {
                stopped.add(StorageProcess.NAME);
            }
            return List.copyOf(stopped);
        });
    }

    /// How the fleet is now.
    ///
    /// @throws CommandFailure if none was ever started in the data directory
    public FleetStatus status() {
        if (!Files.isRegularFile(settings.data().credentials())) {
            throw new CommandFailure("no fleet was started in %s yet; run: duckfleet start"
                    .formatted(settings.data().root()));
        }
        return new StatusProbe(settings, StorageCredentials.in(settings.data().credentials()), http).ask();
    }

    private boolean stopStorage() {
        boolean ran = new FleetShutdown(notes).stop(StorageProcess.NAME, STORAGE_PATIENCE);
        AbandonedPostgres.stop(settings.data().catalog());
        return ran;
    }

    /// A component that runs holds its own port, and so does a Postgres that outlived its owner, which is
    /// about to be stopped.
    private void refuseTakenPorts() {
        boolean postgresIsOurs =
                AbandonedPostgres.running(settings.data().catalog()).isPresent();
        boolean storageRuns = notes.running(StorageProcess.NAME).isPresent();
        Map<String, Integer> ports = settings.portsByComponent();
        String taken = ports.entrySet().stream()
                .filter(entry -> notes.running(entry.getKey()).isEmpty())
                .filter(entry -> !(entry.getKey().equals(PortLayout.S3) && storageRuns))
                .filter(entry -> !(entry.getKey().equals(PortLayout.POSTGRES) && postgresIsOurs))
                .filter(entry -> PortLayout.isTaken(entry.getValue()))
                .map(entry -> PortLayout.takenMessage(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
        if (!taken.isEmpty()) {
            throw new CommandFailure("%s; choose others with --port-base".formatted(taken));
        }
    }

    private void refuseOtherPorts() {
        lastPorts(settings.data())
                .filter(last -> runs() && !last.equals(settings.ports()))
                .ifPresent(last -> {
                    throw new CommandFailure(
                            "the fleet in %s runs at other ports (coordinator %d); run: duckfleet stop --data-dir %s"
                                    .formatted(
                                            settings.data().root(),
                                            last.coordinator(),
                                            settings.data().root()));
                });
    }

    private static Optional<PortLayout> lastPorts(DataDirectory data) {
        try {
            return Files.isRegularFile(data.ports())
                    ? Optional.of(MAPPER.readValue(Files.readAllBytes(data.ports()), PortLayout.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(data.ports(), e.getMessage()), e);
        }
    }

    private void writePorts() {
        try {
            Files.write(settings.data().ports(), MAPPER.writeValueAsBytes(settings.ports()));
        } catch (IOException e) {
            throw new CommandFailure(
                    "%s can't be written: %s".formatted(settings.data().ports(), e), e);
        }
    }

    private <T> T locked(Supplier<T> work) {
        Path file = settings.data().root().resolve("lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CommandFailure("another duckfleet command is changing the fleet in %s; wait for it"
                        .formatted(settings.data().root()));
            }
            return work.get();
        } catch (OverlappingFileLockException e) {
            throw new CommandFailure(
                    "this process is changing the fleet in %s already"
                            .formatted(settings.data().root()),
                    e);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be locked: %s".formatted(file, e), e);
        }
    }
}
