/// The sidecar: takes JSON records over HTTP and commits them, partitioned by date, into the lake (catalog
/// in Postgres, Parquet files on S3). Here are the program's entry, its configuration, and the wiring of
/// the features.
@NullMarked
package io.duckfleet.sidecar;

import org.jspecify.annotations.NullMarked;
