package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;

/// Counts what is written, and fails with `result_too_large` beyond the limit. Closing it does nothing: the
/// stream beneath belongs to the caller.
final class LimitedOutput extends OutputStream {

    private final OutputStream out;
    private final ResultLimit limit;
    private long written;

    LimitedOutput(OutputStream out, ResultLimit limit) {
        this.out = out;
        this.limit = limit;
    }

    long written() {
        return written;
    }

    @Override
    public void write(int b) throws IOException {
        count(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count(length);
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        // Closed by its owner.
    }

    private void count(int length) {
        written += length;
        if (limit.isExceededBy(written)) {
            throw limit.exceeded();
        }
    }
}
