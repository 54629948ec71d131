package io.duckfleet.cli.local;

import io.duckfleet.cli.trino.TrinoHome;

/// A Trino beside the fleet's services: where it is unpacked, and how much heap it may have, in MB.
public record LocalTrino(TrinoHome home, int heapMegabytes) {

    /// The heap unless told otherwise.
    public static final int USUAL_HEAP = 2048;

    private static final int LEAST_HEAP = 768;

    /// @throws IllegalArgumentException if Trino can't live with so little
    public LocalTrino {
        checkHeap(heapMegabytes);
    }

    /// Refuses what Trino can't live with.
    ///
    /// @throws IllegalArgumentException if Trino can't live with so little
    public static void checkHeap(int megabytes) {
        if (megabytes < LEAST_HEAP) {
            throw new IllegalArgumentException(
                    "Trino needs a heap of %d MB at least, found %d".formatted(LEAST_HEAP, megabytes));
        }
    }
}
