/// `duckfleet maintain`: runs the lake's maintenance through a sidecar.
@NullMarked
package io.duckfleet.cli.maintain;

import org.jspecify.annotations.NullMarked;
