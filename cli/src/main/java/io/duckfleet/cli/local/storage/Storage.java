package io.duckfleet.cli.local.storage;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The S3 server and the catalog database together.
public final class Storage implements AutoCloseable {

    /// The bucket with the sample files that data nodes load.
    public static final String SAMPLES_BUCKET = "samples";

    private final CompletableFuture<ObjectStore> objects;
    private final CompletableFuture<CatalogDatabase> catalog;

    private Storage(CompletableFuture<ObjectStore> objects, CompletableFuture<CatalogDatabase> catalog) {
        this.objects = objects;
        this.catalog = catalog;
    }

    /// Starts both at once and returns right away; see [#objects()] and [#catalog()].
    public static Storage start(StorageSettings settings, StorageCredentials credentials) {
        return new Storage(
                CompletableFuture.supplyAsync(() -> startObjects(settings, credentials), Storage::inBackground),
                CompletableFuture.supplyAsync(() -> startCatalog(settings, credentials), Storage::inBackground));
    }

    private static ObjectStore startObjects(StorageSettings settings, StorageCredentials credentials) {
        ObjectStore store = ObjectStore.start(settings.objects(), settings.s3Port(), credentials);
        store.createBucket(SAMPLES_BUCKET);
        settings.samples().forEach((key, file) -> {
            if (!store.has(SAMPLES_BUCKET, key)) {
                store.put(SAMPLES_BUCKET, key, file);
            }
        });
        return store;
    }

    private static CatalogDatabase startCatalog(StorageSettings settings, StorageCredentials credentials) {
        return CatalogDatabase.start(
                settings.catalog(), settings.postgresPort(), credentials, settings.programs(), settings.catalogLog());
    }

    /// Done when the S3 server answers and has the samples; failed with a `CommandFailure` if it can't be
    /// started.
    public CompletableFuture<ObjectStore> objects() {
        return objects.copy();
    }

    /// Done when Postgres answers and has the catalog database; failed with a `CommandFailure` if it can't
    /// be started.
    public CompletableFuture<CatalogDatabase> catalog() {
        return catalog.copy();
    }

    /// Stops what was started, Postgres first, as it writes what it has in memory.
    @Override
    public void close() {
        try {
            started(catalog).ifPresent(CatalogDatabase::close);
        } finally {
            started(objects).ifPresent(ObjectStore::close);
        }
    }

    private static <T> Optional<T> started(CompletableFuture<T> part) {
        return part.handle((value, failure) -> Optional.ofNullable(value)).join();
    }

    private static void inBackground(Runnable work) {
        Thread.ofPlatform().daemon().name("storage").start(work);
    }
}
