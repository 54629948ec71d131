package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Lets so many bytes through and no more.
final class LimitedOutput extends FilterOutputStream {

    private final long limit;
    private long written;

    LimitedOutput(OutputStream out, long limit) {
        super(out);
        this.limit = limit;
    }

    /// The refusal of a result over the limit.
    static FleetException tooLarge(long limit) {
        return new FleetException(
                ErrorCode.RESULT_TOO_LARGE,
                "the result is over the limit of %d bytes; ask for fewer rows or columns".formatted(limit));
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

    private void count(int length) {
        written += length;
        if (written > limit) {
            throw tooLarge(limit);
        }
    }
}
