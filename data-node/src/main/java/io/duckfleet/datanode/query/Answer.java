package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ReadyResult;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// A result that is ready, with the lease that it lives on; writing it gives everything back.
public final class Answer implements Outcome {

    private final TableLease lease;
    private final ReadyResult result;
    private final Optional<ResultTag> tag;

    Answer(TableLease lease, ReadyResult result, Optional<ResultTag> tag) {
        this.lease = lease;
        this.result = result;
        this.tag = tag;
    }

    /// The tag by which a caller can ask again whether anything has changed, where there is one.
    Optional<ResultTag> tag() {
        return tag;
    }

    /// The body. `breakOff` closes the connection when the query is stopped while it is sent.
    StreamingOutput body(Runnable breakOff) {
        return out -> write(out, breakOff);
    }

    String contentType() {
        return result.format().contentType();
    }

    private void write(OutputStream out, Runnable breakOff) throws IOException {
        lease.sendingUntil(breakOff);
        try (lease) {
            writeResult(out);
        }
    }

    private void writeResult(OutputStream out) throws IOException {
        try (result) {
            result.writeTo(out);
        } catch (FleetException e) {
            throw lease.fail(e);
        }
    }
}
