/// What the command says to the person at the terminal: its width, tables fitted to it, progress lines with
/// times, and failures that are one clear sentence.
@NullMarked
package io.duckfleet.cli.terminal;

import org.jspecify.annotations.NullMarked;
