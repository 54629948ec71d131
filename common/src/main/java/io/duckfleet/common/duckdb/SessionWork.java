package io.duckfleet.common.duckdb;

/// What is done with a lent session.
@FunctionalInterface
public interface SessionWork<T> {

    T run(Session session);
}
