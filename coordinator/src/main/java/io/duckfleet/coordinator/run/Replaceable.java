package io.duckfleet.coordinator.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A resource that can be replaced while it is in use: new leases are of the newest one, and an older one is
/// closed with its last lease. Thread-safe.
final class Replaceable<T extends AutoCloseable> implements AutoCloseable {

    private @Nullable Generation<T> current;

    /// A lease of the current resource, which is made first if there is none.
    synchronized Lease<T> lease(Supplier<T> first) {
        if (current == null) {
            current = new Generation<>(first.get());
        }
        current.leases++;
        return new Lease<>(this, current);
    }

    /// Makes `next` the current resource.
    synchronized void replace(T next) {
        retireCurrent();
        current = new Generation<>(next);
    }

    /// Whether `lease` is of the current resource.
    synchronized boolean isCurrent(Lease<T> lease) {
        return lease.generation == current;
    }

    @Override
    public synchronized void close() {
        retireCurrent();
        current = null;
    }

    private void retireCurrent() {
        if (current != null) {
            current.retired = true;
            closeIfUnused(current);
        }
    }

    private synchronized void giveBack(Generation<T> generation) {
        generation.leases--;
        closeIfUnused(generation);
    }

    private static void closeIfUnused(Generation<?> generation) {
        if (generation.retired && generation.leases == 0) {
            try {
                generation.resource.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a retired resource could not be closed", e);
            }
        }
    }

    private static final class Generation<T extends AutoCloseable> {

        private final T resource;
        private int leases;
        private boolean retired;

        Generation(T resource) {
            this.resource = resource;
        }
    }

    /// The right to use a resource until the lease is closed.
    static final class Lease<T extends AutoCloseable> implements AutoCloseable {

        private final Replaceable<T> owner;
        private final Generation<T> generation;

        private Lease(Replaceable<T> owner, Generation<T> generation) {
            this.owner = owner;
            this.generation = generation;
        }

        T resource() {
            return generation.resource;
        }

        @Override
        public void close() {
            owner.giveBack(generation);
        }
    }
}
