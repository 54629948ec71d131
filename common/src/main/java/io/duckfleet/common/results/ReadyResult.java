package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;

/// A result that has been computed and only needs to be written. Closing it frees what it holds, whether it
/// was written or not.
public interface ReadyResult extends AutoCloseable {

    ResultFormat format();

    /// How many rows it has.
    long rows();

    /// Writes the whole result, once, and tells how many rows it has.
    ///
    /// @throws IOException when the reader has gone away
    long writeTo(OutputStream out) throws IOException;

    @Override
    void close();
}
