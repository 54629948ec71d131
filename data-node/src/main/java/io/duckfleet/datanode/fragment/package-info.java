/// Runs the coordinator's fragments: SQL over the table and over key sets that come with it, answered as a
/// Parquet file, or as JSON where they are only handed on. Takes multipart requests, gives files; a fragment can be
/// cancelled by its id.
@NullMarked
package io.duckfleet.datanode.fragment;

import org.jspecify.annotations.NullMarked;
