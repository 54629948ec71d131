package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import software.amazon.awssdk.services.s3.S3Client;

/// A lake with a mirror beside it, and a reader of both: the lake is the oracle of the Iceberg tables.
final class MirrorRig implements AutoCloseable {

    private static final long LONGEST_COMMIT_SECONDS = 120;
    private static final int MOST_ATTEMPTS = 10;

    private final LakeSettings settings;
    private final TestEngine engine;
    private final CatalogDatabase catalog;
    private final Bucket bucket;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Duration grace;
    private final DuckDb reader;
    private Mirror mirror;

    MirrorRig(Map<String, String> variables, Duration grace) throws Exception {
        settings = LakeSettings.of(variables);
        bucket = new Bucket(settings.s3());
        makeBucket();
        engine = new TestEngine(variables);
        engine.lake().session().close();
        catalog = new CatalogDatabase(settings.catalog());
        this.grace = grace;
        mirror = mirror(S3Clients.of(settings.s3()));
        reader = TestBackends.reader(variables);
        try (Session session = reader.open()) {
            Extensions.AVRO.load(session);
            Extensions.ICEBERG.load(session);
        }
    }

    /// The first request to the S3 server of a test takes long on a busy machine.
    private void makeBucket() {
        for (int attempt = 1; ; attempt++) {
            try {
                bucket.ensure();
                return;
            } catch (FleetException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Mirror mirror(S3Client s3) {
        return new Mirror(
                settings,
                catalog,
                bucket,
                s3,
                new Lake(
                        settings,
                        DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))),
                        catalog,
                        bucket,
                        (_, _, _) -> {}),
                new MirrorSettings(Duration.ofSeconds(30), grace),
                new MirrorMeters(registry),
                Clock.systemUTC());
    }

    /// As after a restart, with another client of S3.
    void restart(S3Client s3) {
        mirror.close();
        mirror = mirror(s3);
    }

    /// The mirror of one more sidecar on this lake, to be closed by the caller.
    Mirror anotherMirror() {
        return mirror(S3Clients.of(settings.s3()));
    }

    /// Holds the lock of the mirror, as a sidecar does in the midst of a sync, until `released`; `held` is
    /// counted down when it has it.
    void holdLock(CountDownLatch held, CountDownLatch released) {
        boolean _ = catalog.alone("duckfleet.iceberg", () -> {
                    held.countDown();
                    return await(released);
                })
                .isPresent();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LONGEST_COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Mirror mirror() {
        return mirror;
    }

    LakeSettings settings() {
        return settings;
    }

    /// Runs a statement as the sidecar itself does.
    void lake(String sql) {
        boolean _ = engine.lake().withSession(session -> {
            session.execute(sql);
            return true;
        });
    }

    /// The same in a transaction, as maintenance does: what changes the lake while it reads it needs one.
    void transaction(String sql) {
        boolean _ = engine.lake().withSession(session -> {
            session.execute("BEGIN");
            session.execute(sql);
            engine.lake().commit(session);
            return true;
        });
    }

    void ingest(String table, String records) throws Exception {
        engine.submit(table, records).get(LONGEST_COMMIT_SECONDS, TimeUnit.SECONDS);
    }

    List<String> read(String sql) {
        return reader.withSession(session -> session.queryTexts(sql));
    }

    /// The Iceberg table in SQL, by its folder alone.
    String scan(String table) {
        return "iceberg_scan('%sdata/%s')".formatted(settings.dataPath(), table);
    }

    /// The schema, the partitioning and the place of an Iceberg table, as its catalog tells them.
    Table iceberg(String table) {
        return withIceberg(mirrored -> mirrored.loadTable(TableIdentifier.of("public", table)));
    }

    /// Makes an Iceberg table as another program does.
    void makeIceberg(String table) {
        Table _ = withIceberg(mirrored -> mirrored.createTable(
                TableIdentifier.of("public", table),
                new Schema(Types.NestedField.optional(1, "alien", Types.StringType.get()))));
    }

    private <T> T withIceberg(Function<MirrorCatalog, T> work) {
        try (S3Client s3 = S3Clients.of(settings.s3());
                MirrorFiles files = new MirrorFiles(s3, settings.s3().bucket());
                MirrorCatalog mirrored = MirrorCatalog.open(settings, catalog, files)) {
            return work.apply(mirrored);
        }
    }

    void sync() {
        mirror.catchUp();
        assertThat(mirror.state().orElseThrow().failed()).isEmpty();
    }

    /// Checks that every column of the lake's table, but `leftOut`, has the same values in the Iceberg table.
    void assertSame(String table, String... leftOut) {
        String columns =
                read("SELECT column_name FROM (DESCRIBE lake.data.%s)".formatted(Identifiers.quote(table))).stream()
                        .filter(column -> !List.of(leftOut).contains(column))
                        .map(column -> "%1$s::VARCHAR AS %1$s".formatted(Identifiers.quote(column)))
                        .collect(Collectors.joining(", "));
        String lake = "SELECT %s FROM lake.data.%s".formatted(columns, Identifiers.quote(table));
        String shown = "SELECT %s FROM %s".formatted(columns, scan(table));
        assertThat(read("SELECT 'only in the lake: ' || x::VARCHAR FROM ((%s) EXCEPT ALL (%s)) x"
                        .formatted(lake, shown)))
                .as(table)
                .isEmpty();
        assertThat(read("SELECT 'only in Iceberg: ' || x::VARCHAR FROM ((%s) EXCEPT ALL (%s)) x"
                        .formatted(shown, lake)))
                .as(table)
                .isEmpty();
    }

    @Override
    public void close() {
        mirror.close();
        reader.close();
        engine.close();
        bucket.close();
        catalog.close();
    }
}
