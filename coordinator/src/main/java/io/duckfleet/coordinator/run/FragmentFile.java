package io.duckfleet.coordinator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A fragment's Parquet file, for as long as a query needs it.
interface FragmentFile {

    Path path();

    /// Gives the file back; any number of times.
    void release();

    /// A file of the query's own, which goes with it.
    static FragmentFile owned(Path path) {
        return new Owned(path);
    }

    /// Deletes the file, whether it is there or not.
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// See [#owned(Path)].
    record Owned(Path path) implements FragmentFile {
        @Override
        public void release() {
            delete(path);
        }
    }
}
