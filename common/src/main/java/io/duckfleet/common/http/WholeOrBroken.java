package io.duckfleet.common.http;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A body that nobody takes for whole when it isn't: where writing it fails, the connection is broken off.
/// `breakOff` closes it if the response's head is out already, and else does nothing, as an error can still
/// be told then.
public record WholeOrBroken(StreamingOutput body, Runnable breakOff) implements StreamingOutput {

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            body.write(out);
        } catch (IOException | RuntimeException e) {
            breakOff.run();
            throw e;
        }
    }
}
