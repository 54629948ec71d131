package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.AbandonedPostgres;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The temporary data directory of a demo, deleted when the process that made it ends. What a demo left
/// that was killed (processes, files) is cleared away by the next one.
public record DemoDirectory(DataDirectory data) {

    private static final String PREFIX = "duckfleet-demo-";
    private static final String OWNER = "owner";

    /// A new directory.
    public static DemoDirectory create() {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            clearAbandoned(temporary);
            Path root = Files.createTempDirectory(temporary, PREFIX);
            DemoDirectory directory = new DemoDirectory(new DataDirectory(root).create());
            new ProcessNotes(directory.data().processes()).write(OWNER, ProcessHandle.current());
            return directory;
        } catch (IOException e) {
            throw new CommandFailure("no temporary folder can be made: " + e, e);
        }
    }

    /// Deletes the directory with all that is in it.
    public void delete() {
        try {
            deleteAll(data.root());
        } catch (IOException e) {
            throw new CommandFailure("%s can't be deleted: %s".formatted(data.root(), e), e);
        }
    }

    private static void clearAbandoned(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                DataDirectory data = new DataDirectory(folder);
                if (Files.isWritable(folder) && isAbandoned(data)) {
                    new FleetShutdown(new ProcessNotes(data.processes())).stopServices();
                    AbandonedPostgres.stop(data.catalog());
                    deleteAll(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(DataDirectory data) {
        Path note = data.processes().resolve(OWNER + ".pid");
        return Files.isRegularFile(note)
                && new ProcessNotes(data.processes()).running(OWNER).isEmpty();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
