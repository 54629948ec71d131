package io.duckfleet.sidecar;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.buffer.FlushCommit;
import io.duckfleet.sidecar.commit.Batch;
import io.duckfleet.sidecar.commit.BatchKey;
import io.duckfleet.sidecar.commit.CommitMeters;
import io.duckfleet.sidecar.commit.CommitOutcome;
import io.duckfleet.sidecar.commit.CommitSizes;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.commit.LakeSetup;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.JsonFactories;
import io.duckfleet.sidecar.schema.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A sidecar's engine without its HTTP side.
public final class TestEngine implements AutoCloseable {

    private final CatalogDatabase catalog;
    private final Bucket bucket;
    private final Lake lake;
    private final KeyLedger ledger;
    private final Reachability reachability;
    private final Committer committer;

    public TestEngine(Map<String, String> variables) {
        this(variables, CommitSizes.usual());
    }

    public TestEngine(Map<String, String> variables, CommitSizes sizes) {
        LakeSettings settings = LakeSettings.of(variables);
        catalog = new CatalogDatabase(settings.catalog());
        bucket = new Bucket(settings.s3());
        ledger = new KeyLedger(catalog);
        DuckDbSettings duckDb = DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir")));
        lake = new Lake(settings, duckDb, catalog, bucket, new LakeSetup(ledger));
        reachability = new Reachability(lake, catalog, bucket, Clock.systemUTC());
        committer = new Committer(
                lake,
                ledger,
                new CommittedFiles(catalog),
                reachability,
                new CommitMeters(new SimpleMeterRegistry()),
                sizes);
    }

    public Lake lake() {
        return lake;
    }

    public KeyLedger ledger() {
        return ledger;
    }

    public CommittedFiles files() {
        return new CommittedFiles(catalog);
    }

    public Reachability reachability() {
        return reachability;
    }

    public FlushCommit flushCommit() {
        return new FlushCommit(committer, ledger, files(), new LakeReader(lake, reachability), Duration.ofSeconds(60));
    }

    /// Commits a JSON array of records to `table`.
    public CompletableFuture<CommitOutcome> submit(String table, String records) {
        return submit(batch(table, records, BatchKey.madeUp()));
    }

    public CompletableFuture<CommitOutcome> submit(Batch batch) {
        return committer.submit(batch);
    }

    public static Batch batch(String table, String records, BatchKey key) {
        return batch(table, records(records), key);
    }

    public static Batch batch(String table, Records records, BatchKey key) {
        return new Batch(
                UUID.randomUUID(),
                new TableName(table),
                records,
                List.of(),
                Optional.empty(),
                Instant.now(),
                new Inference(true),
                key);
    }

    public static Records records(String array) {
        return records(array.getBytes(StandardCharsets.UTF_8));
    }

    /// The records of a JSON array.
    public static Records records(byte[] body) {
        try (JsonParser parser = JsonFactories.parser(body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("no array");
            }
            return Records.scan(body, parser, Integer.MAX_VALUE).records();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BatchKey key(String key, String content) {
        return BatchKey.ofCaller(key, content, Duration.ofHours(1));
    }

    @Override
    public void close() {
        committer.close();
        lake.close();
        bucket.close();
        catalog.close();
    }
}
