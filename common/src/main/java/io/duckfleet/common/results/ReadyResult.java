package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/// A result that has been computed and only needs to be written. Closing it frees what it holds, whether it
/// was written or not.
public interface ReadyResult extends AutoCloseable {

    ResultFormat format();

    /// How many bytes will be written, where that is known before.
    default OptionalLong size() {
        return OptionalLong.empty();
    }

    /// Writes the whole result, once, and tells how many rows it has.
    ///
    /// @throws IOException when the reader has gone away
    long writeTo(OutputStream out) throws IOException;

    @Override
    void close();
}
