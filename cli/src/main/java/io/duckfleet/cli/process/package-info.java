/// Programs of the machine: running one to its end within a deadline, and telling who holds a port.
@NullMarked
package io.duckfleet.cli.process;

import org.jspecify.annotations.NullMarked;
