package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The log of one component. It grows over restarts; a long one is set aside as `.1` before the next start.
record LogFile(Path path) {

    private static final long LONG = 10L * 1024 * 1024;
    private static final int TAIL_BYTES = 16 * 1024;
    private static final int EXCERPT_LINES = 12;
    private static final int EXCERPT_WIDTH = 240;

    /// Makes room for a new run.
    void prepare() {
        try {
            if (Files.exists(path) && Files.size(path) > LONG) {
                Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new CommandFailure("the log %s can't be set aside: %s".formatted(path, e), e);
        }
    }

    /// The last `count` lines.
    List<String> tail(int count) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(the log can't be read: %s)".formatted(e.getMessage()));
        }
    }

    /// The last lines, indented and cut where they are very long, below a line that names the file.
    String excerpt() {
        List<String> lines = tail(EXCERPT_LINES).stream()
                .map(line -> "    " + line.substring(0, Math.min(line.length(), EXCERPT_WIDTH)))
                .toList();
        return "the last lines of %s:%n%s".formatted(path, String.join(System.lineSeparator(), lines));
    }
}
