package io.duckfleet.coordinator.run;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a query holds, given back last taken first; each is given back whatever happens to the others.
final class Held implements AutoCloseable {

    private final Deque<Runnable> releases = new ArrayDeque<>();

    /// Takes over `resource`.
    void add(Runnable release) {
        releases.push(release);
    }

    @Override
    public void close() {
        try {
            if (!releases.isEmpty()) {
                releases.pop().run();
            }
        } finally {
            if (!releases.isEmpty()) {
                close();
            }
        }
    }
}
