package io.duckfleet.benchmarks.harness;

import java.util.List;

/// A work that is measured: what it needs is there when it exists, and goes when it is closed.
public interface Work extends AutoCloseable {

    /// The races, in order.
    List<Race> races();

    @Override
    void close();
}
