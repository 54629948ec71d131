package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.sql.TableName;
import java.net.URI;

/// A table of the configuration: its name in SQL, its name on the node (they may differ), and the node's
/// address.
public record FleetTable(TableName name, TableName nameOnNode, URI node) {}
