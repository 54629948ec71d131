package io.duckfleet.cli.trino;

import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Puts a Trino server into the user's folder, once: from the user's Maven repository on this machine if it
/// is there, else by a download that may be broken off and goes on. Of the plugins only those stay that the
/// lake needs: what isn't there needn't be loaded at each start.
public final class TrinoInstaller {

    /// Of `trino-server-476.tar.gz`.
    private static final String SHA256 = "cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f";

    private static final String FILE = "trino-server-%1$s.tar.gz".formatted(TrinoHome.VERSION);
    private static final String PATH = "io/trino/trino-server/%s/%s".formatted(TrinoHome.VERSION, FILE);
    private static final Set<String> PLUGINS = Set.of("iceberg");

    private final TrinoHome home;
    private final MavenRepository repository;
    private final Path localRepository;
    private final Progress progress;

    TrinoInstaller(TrinoHome home, MavenRepository repository, Path localRepository, Progress progress) {
        this.home = home;
        this.repository = repository;
        this.localRepository = localRepository;
        this.progress = progress;
    }

    /// For the folder of this user.
    public static TrinoInstaller standard(Progress progress) {
        return new TrinoInstaller(
                TrinoHome.standard(),
                MavenRepository.standard(),
                Path.of(System.getProperty("user.home"), ".m2", "repository"),
                progress);
    }

    /// The server, which is there now.
    ///
    /// @throws CommandFailure if it can't be had
    public TrinoHome install() {
        if (!home.isThere()) {
            try {
                Files.createDirectories(home.path().getParent());
                progress.step("trino-server %s in %s".formatted(TrinoHome.VERSION, home.path()), this::fetchAndUnpack);
            } catch (IOException e) {
                throw failure(e);
            }
        }
        return home;
    }

    private void fetchAndUnpack() {
        try {
            Path local = localRepository.resolve(PATH);
            if (Files.isRegularFile(local) && isRight(local)) {
                unpack(local);
            } else {
                Path part = home.path().resolveSibling(FILE + ".part");
                download(part);
                unpack(part);
                Files.delete(part);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// What another run left may be spoilt: then it is fetched anew, once.
    private void download(Path part) throws IOException {
        boolean begun = Files.exists(part);
        new Download("trino-server", repository.file(PATH), part, progress).run();
        if (begun && !isRight(part)) {
            Files.delete(part);
            new Download("trino-server", repository.file(PATH), part, progress).run();
        }
        if (!isRight(part)) {
            Files.delete(part);
            throw new IOException("%s isn't the file that was expected: its SHA-256 differs".formatted(FILE));
        }
    }

    private static boolean isRight(Path archive) throws IOException {
        return new Archive(archive).hash().equals(SHA256);
    }

    private void unpack(Path archive) throws IOException {
        Path staging = Files.createTempDirectory(home.path().getParent(), "unpacking");
        try {
            new Archive(archive).unpack(staging);
            Path server = staging.resolve(home.path().getFileName());
            keepNeededPlugins(server.resolve("plugin"));
            Files.move(server, home.path(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(staging);
        }
    }

    /// Links to files of other plugins stay whole when these go: they are hard ones.
    private static void keepNeededPlugins(Path plugins) throws IOException {
        try (Stream<Path> all = Files.list(plugins)) {
            List<Path> others = all.filter(
                            plugin -> !PLUGINS.contains(plugin.getFileName().toString()))
                    .toList();
            for (Path other : others) {
                delete(other);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private CommandFailure failure(IOException e) {
        return new CommandFailure(
                "Trino %s can't be had: %s; run it again to go on, or name another Maven repository in DUCKFLEET_MAVEN_REPOSITORY"
                        .formatted(TrinoHome.VERSION, e.getMessage() == null ? e.toString() : e.getMessage()),
                e);
    }
}
