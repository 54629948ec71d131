/// Runs contenders in alternating rounds and reports medians as ratios to the peers and to the floor. Takes
/// races, gives `RESULTS.md` and `results.json`; knows nothing of what is measured.
@NullMarked
package io.duckfleet.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
