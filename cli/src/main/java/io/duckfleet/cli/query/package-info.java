/// The commands that ask a coordinator, near or far: `query` and `tables`. They take its address from
/// `--url` or `DUCKFLEET_URL`, and write what it answers in the form that was asked for.
@NullMarked
package io.duckfleet.cli.query;

import org.jspecify.annotations.NullMarked;
