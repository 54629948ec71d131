package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Notes which process runs which component, one file each with the process's id and the time of its start:
/// an id alone may belong to another process after a while.
public final class ProcessNotes {

    private static final String SUFFIX = ".pid";

    private final Path folder;

    public ProcessNotes(Path folder) {
        this.folder = folder;
    }

    /// Notes that `process` runs the component.
    public void write(String component, ProcessHandle process) {
        Path file = file(component);
        try {
            Files.write(file, List.of(Long.toString(process.pid()), startOf(process)));
        } catch (IOException e) {
            throw new CommandFailure("%s can't be written: %s".formatted(file, e), e);
        }
    }

    /// The process that runs the component now.
    public Optional<ProcessHandle> running(String component) {
        try {
            List<String> lines = Files.readAllLines(file(component));
            return lines.size() == 2 && lines.getFirst().matches("[0-9]+")
                    ? ProcessHandle.of(Long.parseLong(lines.getFirst()))
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> startOf(process).equals(lines.getLast()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file(component), e), e);
        }
    }

    /// The components that have notes, whether they run or not.
    public List<String> components() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(folder, e), e);
        }
    }

    /// Forgets the component.
    public void remove(String component) {
        try {
            Files.deleteIfExists(file(component));
        } catch (IOException e) {
            throw new CommandFailure("%s can't be deleted: %s".formatted(file(component), e), e);
        }
    }

    private Path file(String component) {
        return folder.resolve(component + SUFFIX);
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("?");
    }
}
