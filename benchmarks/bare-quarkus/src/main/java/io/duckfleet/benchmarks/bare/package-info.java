/// The least that a Quarkus service can be: one route that answers.
@NullMarked
package io.duckfleet.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
