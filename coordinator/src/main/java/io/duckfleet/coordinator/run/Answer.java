package io.duckfleet.coordinator.run;

import io.duckfleet.common.results.ReadyResult;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A result that is ready, with all that it lives on; writing it gives everything back.
final class Answer implements StreamingOutput {

    private final ReadyResult result;
    private final Held held;

    Answer(ReadyResult result, Held held) {
        this.result = result;
        this.held = held;
    }

    String contentType() {
        return result.format().contentType();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (held) {
            result.writeTo(out);
        }
    }
}
