package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.Storage;
import java.util.concurrent.CompletableFuture;

/// The embedded storage in this process.
record InProcessStorage(Storage storage) implements StorageHost {

    @Override
    public CompletableFuture<Void> objectsReady() {
        return storage.objects().thenAccept(store -> {});
    }

    @Override
    public CompletableFuture<Void> catalogReady() {
        return storage.catalog().thenAccept(database -> {});
    }
}
