/// Work 10: how long each service takes from the start of its process to its first 200, and how much memory
/// it holds then; with and without an ahead-of-time cache of the JVM, against a Quarkus service that does
/// nothing.
@NullMarked
package io.duckfleet.benchmarks.start;

import org.jspecify.annotations.NullMarked;
