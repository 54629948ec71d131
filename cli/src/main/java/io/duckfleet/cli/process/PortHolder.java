package io.duckfleet.cli.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The process that listens on a TCP port. Linux's `/proc` tells it, `lsof` elsewhere; processes of other
/// users stay unknown.
public record PortHolder(long pid, String command) {

    private static final String LISTENING = "0A";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Who listens on `port`, where that can be known.
    public static Optional<PortHolder> of(int port) {
        try {
            return Files.isDirectory(Path.of("/proc/net")) ? fromProc(port) : fromLsof(port);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<PortHolder> fromProc(int port) throws IOException {
        Set<String> sockets = new HashSet<>(socketsIn(Path.of("/proc/net/tcp"), port));
        sockets.addAll(socketsIn(Path.of("/proc/net/tcp6"), port));
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsAny(process.pid(), sockets))
                .findFirst()
                .map(PortHolder::describe);
    }

    /// The `socket:[inode]` names of the listening sockets at `port`; columns as of proc(5).
    private static List<String> socketsIn(Path table, int port) throws IOException {
        if (!Files.isReadable(table)) {
            return List.of();
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return Files.readAllLines(table).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                .map(columns -> "socket:[%s]".formatted(columns[9]))
                .toList();
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // Another user's process, or one that is gone.
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<PortHolder> fromLsof(int port) throws IOException {
        if (Program.find("lsof").isEmpty()) {
            return Optional.empty();
        }
        String pid = Program.of("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .run(PATIENCE)
                .firstLine();
        return pid.matches("[0-9]+")
                ? ProcessHandle.of(Long.parseLong(pid)).map(PortHolder::describe)
                : Optional.empty();
    }

    private static PortHolder describe(ProcessHandle process) {
        String command = process.info()
                .command()
                .map(path -> path.replaceFirst(".*/", ""))
                .orElse("?");
        return new PortHolder(process.pid(), command);
    }

    @Override
    public String toString() {
        return "process %d (%s)".formatted(pid, command);
    }
}
