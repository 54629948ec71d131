/// How fast sample records are made, as JSON lines that nobody keeps.
@NullMarked
package io.duckfleet.benchmarks.generate;

import org.jspecify.annotations.NullMarked;
