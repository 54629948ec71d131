/// The data nodes: which there are (`config.json`), what they hold (their metadata, kept fresh), and how they
/// are. Takes addresses, gives [io.duckfleet.coordinator.plan.TableShape]s that can be trusted.
@NullMarked
package io.duckfleet.coordinator.fleet;

import org.jspecify.annotations.NullMarked;
