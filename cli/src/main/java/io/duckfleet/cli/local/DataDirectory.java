package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder that holds all that a fleet keeps: data, credentials, logs, and which processes run.
public record DataDirectory(Path root) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /// The folder of `start` when none is given.
    public static DataDirectory standard() {
        return new DataDirectory(Path.of(System.getProperty("user.home"), ".duckfleet", "data"));
    }

    /// Makes the folder and those in it, for their owner alone, as far as they are missing.
    public DataDirectory create() {
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(logs());
            Files.createDirectories(processes());
            Files.createDirectories(buffer());
            return this;
        } catch (IOException e) {
            throw new CommandFailure("the data directory %s can't be made: %s".formatted(root, e), e);
        }
    }

    public Path objects() {
        return root.resolve("s3");
    }

    public Path catalog() {
        return root.resolve("postgres");
    }

    public Path buffer() {
        return root.resolve("buffer");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /// The log of a component.
    public Path log(String component) {
        return logs().resolve(component + ".log");
    }

    /// Where the processes that run are noted down.
    public Path processes() {
        return root.resolve("run");
    }

    /// Written by the storage process when it is ready; holds its process id.
    public Path storageReady() {
        return processes().resolve("storage.ready");
    }

    public Path credentials() {
        return root.resolve("credentials.json");
    }

    /// The coordinator's configuration, where the root's one doesn't fit.
    public Path config() {
        return root.resolve("config.json");
    }

    /// Names the file of the user's own configuration that the fleet was started with last, if there was one.
    public Path ownConfig() {
        return root.resolve("own-config");
    }

    /// Trino's configuration and whatever else it writes.
    public Path trino() {
        return root.resolve("trino");
    }

    /// Tells that the fleet was started with Trino last, and with how much heap.
    public Path trinoNote() {
        return root.resolve("with-trino");
    }

    /// The ports that the fleet was started with last.
    public Path ports() {
        return root.resolve("ports.json");
    }
}
