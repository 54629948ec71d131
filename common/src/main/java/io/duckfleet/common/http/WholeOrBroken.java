package io.duckfleet.common.http;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A body that nobody takes for whole when it isn't: where writing it fails after its first bytes, `breakOff`
/// closes the connection. Before them the error can still be told.
record WholeOrBroken(StreamingOutput body, Runnable breakOff) implements StreamingOutput {

    @Override
    public void write(OutputStream out) throws IOException {
        BegunStream begun = new BegunStream(out);
        try {
            body.write(begun);
        } catch (IOException | RuntimeException e) {
            if (begun.begun) {
                breakOff.run();
            }
            throw e;
        }
    }

    /// Knows whether anything was written. (Whether the head is out can't be asked from here: another thread
    /// sends it.)
    private static final class BegunStream extends OutputStream {

        private final OutputStream out;
        private boolean begun;

        BegunStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            begun = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begun = true;
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
