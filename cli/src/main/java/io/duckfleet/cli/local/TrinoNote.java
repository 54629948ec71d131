package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.trino.TrinoHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Remembers in the data directory whether a fleet was started with Trino, and with how much heap.
public record TrinoNote(DataDirectory data) {

    /// Trino as it was then; none if the fleet was started without.
    public Optional<LocalTrino> read() {
        Path file = data.trinoNote();
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new LocalTrino(
                            TrinoHome.standard(),
                            Integer.parseInt(Files.readString(file).strip())))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e), e);
        }
    }

    void write(Optional<LocalTrino> trino) {
        try {
            if (trino.isPresent()) {
                Files.writeString(data.trinoNote(), Integer.toString(trino.get().heapMegabytes()));
            } else {
                Files.deleteIfExists(data.trinoNote());
            }
        } catch (IOException e) {
            throw new CommandFailure("%s can't be written: %s".formatted(data.trinoNote(), e), e);
        }
    }
}
