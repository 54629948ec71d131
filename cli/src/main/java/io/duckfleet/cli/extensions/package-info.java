/// Fetches DuckDB's extensions into the folder that the services load them from: from DuckDB's own
/// repository, else as Python wheels that are pinned by version and hash. An extension is put there only
/// after a fresh DuckDB has loaded it, which checks its signature.
@NullMarked
package io.duckfleet.cli.extensions;

import org.jspecify.annotations.NullMarked;
