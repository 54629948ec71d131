package io.duckfleet.sidecar.iceberg;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.maintenance.LakeFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// The Iceberg tables beside the lake, kept up to date by one sidecar at a time. A table that fails stays as
/// it was, is tried again the next time, and keeps no other from going on. Thread-safe.
public final class Mirror implements LakeFollower, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Mirror.class);
    private static final String LOCK = "duckfleet.iceberg";

    private final LakeSettings settings;
    private final CatalogDatabase database;
    private final Lake lake;
    private final S3Client s3;
    private final MirrorFiles files;
    private final LakeTables tables;
    private final ContentsReader reader;
    private final Sweep sweep;
    private final Duration grace;
    private final MirrorMeters meters;
    private final Clock clock;
    private final Map<Long, Shown> shown = new HashMap<>();
    private @Nullable MirrorCatalog opened;
    private volatile Optional<MirrorState> state = Optional.empty();

    /// What is known to be shown of a table: nothing has to be done while its fingerprint is that.
    private record Shown(String fingerprint, List<String> leftOut) {}

    /// `lake` is the mirror's own, for what has to be written by DuckDB; `s3` is closed with this.
    public Mirror(
            LakeSettings settings,
            CatalogDatabase database,
            Bucket bucket,
            S3Client s3,
            Lake lake,
            MirrorSettings mirror,
            MirrorMeters meters,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        this.lake = lake;
        this.s3 = s3;
        this.files = new MirrorFiles(s3, settings.s3().bucket());
        this.tables = new LakeTables(database);
        this.reader = new ContentsReader(database);
        this.grace = mirror.graceForReaders();
        this.sweep = new Sweep(bucket, files, grace, clock);
        this.meters = meters;
        this.clock = clock;
        meters.watch(this::lag, this::state);
    }

    /// How far it is; empty before the first time.
    public Optional<MirrorState> state() {
        return state;
    }

    /// What the lake had so long ago is in the mirror; empty before the first time.
    public Optional<Duration> lag() {
        return state.map(now -> Duration.between(now.asOf(), clock.instant()));
    }

    /// Brings all tables up to date, unless another sidecar is at it. The number is that of tables that were
    /// changed or failed.
    ///
    /// @throws FleetException if the lake's catalog can't be reached
    @Override
    public long catchUp() {
        return alone(catalog -> {
            long[] changed = new long[1];
            meters.timed(() -> changed[0] = syncAll(catalog));
            return changed[0];
        });
    }

    /// Removes files of the mirror that nobody needs any more.
    ///
    /// @throws FleetException if S3 or the lake's catalog can't be reached
    @Override
    public long tidy() {
        return alone(catalog -> {
            long removed = 0;
            for (TableIdentifier table : catalog.tables()) {
                removed += catalog.metadata(table)
                        .filter(Mirror::isOwn)
                        .map(sweep::remove)
                        .orElse(0L);
            }
            return removed;
        });
    }

    private static boolean isOwn(TableMetadata metadata) {
        return metadata.properties().containsKey(MirrorCatalog.TABLE_UUID);
    }

    private synchronized long alone(ToLongFunction<MirrorCatalog> work) {
        try {
            return database.alone(LOCK, () -> work.applyAsLong(catalog())).orElse(0L);
        } finally {
            lake.close();
        }
    }

    private MirrorCatalog catalog() {
        MirrorCatalog catalog = opened;
        if (catalog == null) {
            catalog = MirrorCatalog.open(settings, database, files);
            opened = catalog;
        }
        return catalog;
    }

    private long syncAll(MirrorCatalog catalog) {
        Instant began = clock.instant();
        Set<Long> inlined = flushed();
        List<LakeTable> all = tables.all();
        Set<TableIdentifier> there = forgetOthers(catalog, all);
        TableSync sync = new TableSync(catalog, files, reader, new PositionDeletes(lake), grace, clock);
        Map<String, String> refused = new HashMap<>();
        Set<String> failed = new HashSet<>();
        long changed = 0;
        for (LakeTable table : all) {
            if (isUpToDate(table, there) && !inlined.contains(table.id())) {
                continue;
            }
            changed++;
            try {
                bringUp(sync, table, inlined);
            } catch (UnmirrorableException e) {
                refused.put(table.name(), e.reason());
                refuse(catalog, table, e.reason());
            } catch (RuntimeException e) {
                failed.add(table.name());
                LOG.warnf(e, "the Iceberg table of %s stays as it is for now", table.name());
            }
        }
        publish(began, all, refused, failed);
        return changed;
    }

    private boolean isUpToDate(LakeTable table, Set<TableIdentifier> there) {
        Shown known = shown.get(table.id());
        return known != null
                && known.fingerprint().equals(table.fingerprint())
                && there.contains(MirrorCatalog.identifier(table));
    }

    /// Rows in Postgres go into files first. The tables of which some are left.
    private Set<Long> flushed() {
        if (tables.inlined().isEmpty()) {
            return Set.of();
        }
        boolean _ = lake.inTransaction(session -> {
            session.execute("CALL ducklake_flush_inlined_data('lake')");
            return true;
        });
        return tables.inlined();
    }

    private void bringUp(TableSync sync, LakeTable table, Set<Long> inlined) {
        shown.remove(table.id());
        if (inlined.contains(table.id())) {
            throw new FleetException(ErrorCode.INTERNAL, "%s has rows that are in no file".formatted(table.name()));
        }
        List<String> leftOut = sync.sync(table);
        leftOut.forEach(column -> LOG.warnf("the Iceberg table of %s is without %s", table.name(), column));
        shown.put(table.id(), new Shown(table.fingerprint(), leftOut));
    }

    /// What it showed so far would only grow old.
    private void refuse(MirrorCatalog catalog, LakeTable table, String reason) {
        boolean told = state.filter(before -> reason.equals(before.refused().get(table.name())))
                .isPresent();
        if (!told) {
            LOG.warnf("%s is not shown as an Iceberg table: %s", table.name(), reason);
        }
        forget(catalog, MirrorCatalog.identifier(table));
    }

    /// Forgets the Iceberg tables whose tables the lake no longer has. Gives those that are there.
    private Set<TableIdentifier> forgetOthers(MirrorCatalog catalog, List<LakeTable> all) {
        shown.keySet().retainAll(all.stream().map(LakeTable::id).toList());
        Set<TableIdentifier> there = new HashSet<>(catalog.tables());
        List<TableIdentifier> wanted =
                all.stream().map(MirrorCatalog::identifier).toList();
        there.stream().filter(table -> !wanted.contains(table)).forEach(table -> forget(catalog, table));
        return there;
    }

    private void forget(MirrorCatalog catalog, TableIdentifier table) {
        try {
            catalog.metadata(table).filter(Mirror::isOwn).ifPresent(metadata -> {
                VersionHint.remove(files, metadata);
                catalog.forget(table, metadata, files);
                LOG.infof("the Iceberg table %s is gone", table.name());
            });
        } catch (RuntimeException e) {
            LOG.warnf(e, "the Iceberg table %s can't be removed for now", table.name());
        }
    }

    private void publish(Instant began, List<LakeTable> all, Map<String, String> refused, Set<String> failed) {
        Map<String, List<String>> withoutColumns = new HashMap<>();
        int count = 0;
        for (LakeTable table : all) {
            Shown known = shown.get(table.id());
            if (known != null) {
                count++;
                if (!known.leftOut().isEmpty()) {
                    withoutColumns.put(table.name(), known.leftOut());
                }
            }
        }
        Instant asOf = failed.isEmpty() ? began : state.map(MirrorState::asOf).orElse(Instant.EPOCH);
        state = Optional.of(new MirrorState(asOf, count, refused, new TreeSet<>(failed), withoutColumns));
    }

    @Override
    public synchronized void close() {
        MirrorCatalog catalog = opened;
        opened = null;
        if (catalog != null) {
            catalog.close();
        }
        lake.close();
        s3.close();
    }
}
