/// Realistic sample records of five kinds, for people who want to try the fleet and for benchmarks. A seed
/// goes in; JSON comes out, the same for the same seed, at some hundred thousand records a second: names
/// and texts are drawn from vocabularies that a faker library fills once.
@NullMarked
package io.duckfleet.generator;

import org.jspecify.annotations.NullMarked;
