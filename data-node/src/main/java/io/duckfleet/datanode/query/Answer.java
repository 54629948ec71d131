package io.duckfleet.datanode.query;

import io.duckfleet.common.results.ReadyResult;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/// A result that is ready, with the lease that it lives on; writing it gives everything back.
public final class Answer implements StreamingOutput {

    private final TableLease lease;
    private final ReadyResult result;

    Answer(TableLease lease, ReadyResult result) {
        this.lease = lease;
        this.result = result;
    }

    String contentType() {
        return result.format().contentType();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (lease;
                result) {
            result.writeTo(out);
        }
    }
}
