package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Remembers in the data directory which configuration of the user's own a fleet was started with.
record OwnConfigNote(DataDirectory data) {

    /// The configuration as its file is now; none for the sample tables.
    Optional<OwnConfig> read() {
        return file().map(OwnConfig::read);
    }

    /// Notes the configuration, or that there is none.
    void write(Optional<OwnConfig> own) {
        try {
            if (own.isPresent()) {
                Files.writeString(data.ownConfig(), own.get().file().toString());
            } else {
                Files.deleteIfExists(data.ownConfig());
            }
        } catch (IOException e) {
            throw new CommandFailure("%s can't be written: %s".formatted(data.ownConfig(), e), e);
        }
    }

    /// Refuses to start a fleet with `wanted` beside one that runs with another configuration.
    void refuseAnother(Optional<OwnConfig> wanted, boolean runs) {
        Optional<Path> last = file();
        if (runs && !last.equals(wanted.map(OwnConfig::file))) {
            throw new CommandFailure("the fleet in %s runs with %s; run: duckfleet stop --data-dir %s"
                    .formatted(data.root(), last.map(Path::toString).orElse("the sample tables"), data.root()));
        }
    }

    private Optional<Path> file() {
        try {
            return Files.isRegularFile(data.ownConfig())
                    ? Optional.of(Path.of(Files.readString(data.ownConfig())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(data.ownConfig(), e), e);
        }
    }
}
