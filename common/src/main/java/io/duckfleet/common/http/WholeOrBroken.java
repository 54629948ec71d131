package io.duckfleet.common.http;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/// A body that nobody takes for whole when it isn't: where writing it fails after its first bytes, `breakOff`
/// closes the connection. Before them the error can still be told. And it is written for somebody: once the
/// client `isGone`, writing fails, where the server alone would take all the rest and drop it.
record WholeOrBroken(StreamingOutput body, BooleanSupplier isGone, Runnable breakOff) implements StreamingOutput {

    @Override
    public void write(OutputStream out) throws IOException {
        BegunStream begun = new BegunStream(out, isGone);
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
        private final BooleanSupplier isGone;
        private boolean begun;

        BegunStream(OutputStream out, BooleanSupplier isGone) {
            this.out = out;
            this.isGone = isGone;
        }

        @Override
        public void write(int b) throws IOException {
            requireReader();
            begun = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireReader();
            begun = true;
            out.write(bytes, offset, length);
        }

        private void requireReader() throws IOException {
            if (isGone.getAsBoolean()) {
                throw new IOException("the client has gone away");
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
