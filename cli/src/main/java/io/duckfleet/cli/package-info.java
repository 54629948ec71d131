/// The `duckfleet` command: which subcommands there are, and how their failures end.
@NullMarked
package io.duckfleet.cli;

import org.jspecify.annotations.NullMarked;
