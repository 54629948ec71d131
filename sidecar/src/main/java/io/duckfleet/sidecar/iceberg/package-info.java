/// The lake's tables as Iceberg tables, for engines that read Iceberg: metadata in a JDBC catalog in the
/// lake's own Postgres and beside the lake's files, which it refers to and never copies, changes or deletes.
/// Takes the lake's catalog as it is, leaves Iceberg snapshots; readers are Trino and `iceberg_scan`.
@NullMarked
package io.duckfleet.sidecar.iceberg;

import org.jspecify.annotations.NullMarked;
