package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.atomic.AtomicLong;

/// The bound on what is in flight: bytes of bodies, and requests. Who finds it spent is told to come again,
/// before the body is read.
public final class IngestBudget {

    private final long maxBytes;
    private final int maxRequests;
    private final AtomicLong bytes = new AtomicLong();
    private int requests;
    private boolean closed;

    public IngestBudget(long maxBytes, int maxRequests) {
        this.maxBytes = maxBytes;
        this.maxRequests = maxRequests;
    }

    /// A share of the budget for one request, to be closed at its end.
    ///
    /// @throws FleetException `overloaded` if there are too many requests, `not_ready` after [#close()]
    public synchronized Share open() {
        if (closed) {
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment");
        }
        if (requests == maxRequests) {
            throw overloaded("%d requests are under way".formatted(maxRequests));
        }
        requests++;
        return new Share();
    }

    /// @throws FleetException as [#open()] would, now
    synchronized void checkRoom() {
        open().close();
    }

    private synchronized void leave() {
        requests--;
    }

    /// Lets no more requests in.
    public synchronized void close() {
        closed = true;
    }

    /// Bytes in flight now.
    public long bytes() {
        return bytes.get();
    }

    private static FleetException overloaded(String why) {
        return new FleetException(
                ErrorCode.OVERLOADED, "%s, which is all that is allowed; try again in a moment".formatted(why));
    }

    /// What one request holds of the budget.
    public final class Share implements AutoCloseable {

        private long held;

        private Share() {}

        /// Takes `more` bytes.
        ///
        /// @throws FleetException `overloaded` if there aren't as many left
        void take(long more) {
            if (bytes.addAndGet(more) > maxBytes) {
                bytes.addAndGet(-more);
                throw overloaded("bodies of %d bytes are in flight".formatted(bytes.get()));
            }
            held += more;
        }

        @Override
        public void close() {
            bytes.addAndGet(-held);
            leave();
        }
    }
}
