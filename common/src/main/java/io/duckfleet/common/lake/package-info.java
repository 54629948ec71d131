/// The DuckLake that the sidecar writes and the coordinator reads: where its catalog (Postgres) and its files
/// (S3) are, and how a DuckDB attaches it without a secret standing in any SQL text.
@NullMarked
package io.duckfleet.common.lake;

import org.jspecify.annotations.NullMarked;
