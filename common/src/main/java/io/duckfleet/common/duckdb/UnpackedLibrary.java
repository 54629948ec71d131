package io.duckfleet.common.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// The driver's library of 60 MB, which the driver unpacks into the folder for temporary files at each start,
/// and deletes when the process ends in order. One that is killed would leave it for ever.
final class UnpackedLibrary {

    private static final Logger LOG = Logger.getLogger(UnpackedLibrary.class);

    /// What a process has mapped, a line each, with the file's path at the end (proc_pid_maps(5)).
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private static final Pattern LIBRARY = Pattern.compile("(/.*/libduckdb_java\\d+\\.so)$");

    private static final AtomicBoolean DELETED = new AtomicBoolean();

    private UnpackedLibrary() {}

    /// Deletes the file of the library, which has been loaded: Linux keeps what is mapped until the process
    /// ends, however it does. Elsewhere it stays.
    static void delete() {
        if (DELETED.compareAndSet(false, true) && Files.isReadable(MAPPED)) {
            deleteMapped();
        }
    }

    private static void deleteMapped() {
        try (Stream<String> lines = Files.lines(MAPPED)) {
            for (Path file : lines.map(LIBRARY::matcher)
                    .filter(Matcher::find)
                    .map(found -> Path.of(found.group(1)))
                    .distinct()
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debugf("the driver's library stays in the folder for temporary files: %s", e.getMessage());
        }
    }
}
