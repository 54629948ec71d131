package io.duckfleet.cli.local;

import java.util.concurrent.CompletableFuture;

/// Where the embedded storage runs: in this process or in one of its own.
interface StorageHost {

    /// Done when S3 answers and has the samples.
    CompletableFuture<Void> objectsReady();

    /// Done when Postgres answers and has the catalog database.
    CompletableFuture<Void> catalogReady();
}
