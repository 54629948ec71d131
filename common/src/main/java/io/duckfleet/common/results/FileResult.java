package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A result that DuckDB has written into a file of ours; the file goes with it.
record FileResult(ResultFormat format, Path file, long rows) implements ReadyResult {

    @Override
    public long writeTo(OutputStream out) throws IOException {
        Files.copy(file, out);
        out.flush();
        return rows;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
