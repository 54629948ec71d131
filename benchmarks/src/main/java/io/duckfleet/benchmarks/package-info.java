/// Measures Duckfleet against its peers in the same run, on the same machine: whole programs over real HTTP
/// and S3. Each work stands in a package of its own; `harness` runs the rounds and writes the results.
@NullMarked
package io.duckfleet.benchmarks;

import org.jspecify.annotations.NullMarked;
