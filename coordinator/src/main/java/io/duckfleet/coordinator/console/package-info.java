/// The web console: a page and its scripts (`resources/web`, bundled at build time) that call the same HTTP
/// API as everyone else. This package only says where they are served, and sends browsers there.
@NullMarked
package io.duckfleet.coordinator.console;

import org.jspecify.annotations.NullMarked;
