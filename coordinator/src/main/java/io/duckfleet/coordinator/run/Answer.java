package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.coordinator.history.QueryEntry;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A result that is ready, with all that it lives on; writing it gives everything back and ends its entry in
/// the history.
final class Answer implements StreamingOutput {

    private final ReadyResult result;
    private final Held held;
    private final QueryEntry entry;

    Answer(ReadyResult result, Held held, QueryEntry entry) {
        this.result = result;
        this.held = held;
        this.entry = entry;
    }

    String contentType() {
        return result.format().contentType();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (held) {
            entry.finished(result.writeTo(out));
        } catch (FleetException e) {
            entry.failed(e);
            throw e;
        } finally {
            entry.abandoned();
        }
    }
}
