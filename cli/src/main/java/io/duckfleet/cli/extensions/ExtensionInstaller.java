package io.duckfleet.cli.extensions;

import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.common.duckdb.Extensions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts extensions into the folder that services load them from. What is there stays: a second run changes
/// nothing and takes no time.
public final class ExtensionInstaller {

    /// What a running fleet needs.
    public static final Set<String> NEEDED = Stream.of(Extensions.DUCKLAKE, Extensions.HTTPFS, Extensions.POSTGRES)
            .map(Extensions::fileName)
            .collect(Collectors.toUnmodifiableSet());

    private final ExtensionFolder folder;
    private final List<ExtensionSource> sources;
    private final Progress progress;

    private ExtensionInstaller(ExtensionFolder folder, List<ExtensionSource> sources, Progress progress) {
        this.folder = folder;
        this.sources = List.copyOf(sources);
        this.progress = progress;
    }

    /// For the folder of this user, `DUCKFLEET_EXTENSIONS` or else `~/.duckfleet/extensions`.
    public static ExtensionInstaller standard(Progress progress) {
        return new ExtensionInstaller(
                ExtensionFolder.of(Extensions.directory()),
                List.of(new DuckDbRepository(), new PythonWheels()),
                progress);
    }

    public ExtensionFolder folder() {
        return folder;
    }

    /// The wheels among `wheels` whose extensions are not in the folder yet.
    public List<PinnedWheel> missing(List<PinnedWheel> wheels) {
        return wheels.stream().filter(wheel -> !folder.has(wheel.extension())).toList();
    }

    /// Installs what a running fleet needs.
    public void installNeeded() {
        install(PinnedWheel.all().stream()
                .filter(wheel -> NEEDED.contains(wheel.extension()))
                .toList());
    }

    /// Installs those of `wheels` that are missing.
    ///
    /// @throws CommandFailure if one can't be had from any source
    public void install(List<PinnedWheel> wheels) {
        List<PinnedWheel> missing = missing(wheels);
        if (missing.isEmpty()) {
            return;
        }
        ExtensionFolder staging = folder.staging();
        try {
            missing.forEach(wheel -> install(wheel, staging));
        } finally {
            delete(staging.root());
        }
    }

    private void install(PinnedWheel wheel, ExtensionFolder staging) {
        long begin = System.nanoTime();
        List<String> reasons = new ArrayList<>();
        for (ExtensionSource source : sources) {
            try {
                source.fetch(wheel, staging);
                staging.check(wheel.extension());
                folder.adopt(wheel.extension(), staging);
                progress.done(
                        "extension %s (%s)".formatted(wheel.extension(), source.name()),
                        Duration.ofNanos(System.nanoTime() - begin));
                return;
            } catch (ExtensionSource.SourceException | SQLException e) {
                reasons.add("%s: %s".formatted(source.name(), e.getMessage()));
            }
        }
        throw new CommandFailure(
                "DuckDB's extension %s can't be had; %s".formatted(wheel.extension(), String.join("; ", reasons)));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
