/// The embedded fleet: storage, data nodes, sidecar and coordinator on the loopback addresses of one
/// machine, each service as a process of its own with the configuration that it has in production. Takes
/// settings (where the data stands, which ports), gives a running fleet that ends with its owner
/// (`LocalFleet`) or one that stays in the background (`BackgroundFleet`).
@NullMarked
package io.duckfleet.cli.local;

import org.jspecify.annotations.NullMarked;
