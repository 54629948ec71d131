package io.duckfleet.cli.trino;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An unpacked Trino server, whether it is there already or not.
public record TrinoHome(Path path) {

    /// The version that the project was tried with.
    public static final String VERSION = "476";

    private static final String VARIABLE = "DUCKFLEET_TRINO";

    /// The one of this user, in the folder `DUCKFLEET_TRINO`, else `~/.duckfleet/trino`.
    public static TrinoHome standard() {
        Path folder = Optional.ofNullable(System.getenv(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".duckfleet", "trino"));
        return in(folder);
    }

    /// The one in a folder that may hold several versions.
    public static TrinoHome in(Path folder) {
        return new TrinoHome(folder.toAbsolutePath().resolve("trino-server-" + VERSION));
    }

    /// It is put there whole or not at all.
    public boolean isThere() {
        return Files.isDirectory(libraries());
    }

    /// The folder of the server's jars.
    public Path libraries() {
        return path.resolve("lib");
    }

    /// The folder of the plugins, one folder each.
    public Path plugins() {
        return path.resolve("plugin");
    }
}
