/// `duckfleet doctor`: looks what the machine has and what is missing for a fleet, and says how to get it.
@NullMarked
package io.duckfleet.cli.doctor;

import org.jspecify.annotations.NullMarked;
