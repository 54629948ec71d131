package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.coordinator.history.QueryEntry;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A result that is ready, with all that it lives on; writing or closing it gives everything back and ends
/// its entry in the history.
public final class Answer implements StreamingOutput, AutoCloseable {

    private final ReadyResult result;
    private final Held held;
    private final QueryEntry entry;

    Answer(ReadyResult result, Held held, QueryEntry entry) {
        this.result = result;
        this.held = held;
        this.entry = entry;
    }

    public String contentType() {
        return result.format().contentType();
    }

    /// How many rows the result has.
    public long rows() {
        return result.rows();
    }

    /// Gives everything back without writing it.
    @Override
    public void close() {
        try (held) {
            entry.finished(result.rows());
        }
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
