/// JSON over HTTP for control calls, each with a deadline, and the fleet's problem documents as text for
/// people.
@NullMarked
package io.duckfleet.cli.http;

import org.jspecify.annotations.NullMarked;
