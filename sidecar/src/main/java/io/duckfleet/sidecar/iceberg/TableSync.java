package io.duckfleet.sidecar.iceberg;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Type;

/// Brings the Iceberg table of one of the lake's to the lake's state, in one step: whoever reads meanwhile
/// sees the state before or the one after. Another partitioning, or type of a column, makes it anew.
final class TableSync {

    private static final String FINGERPRINT = "duckfleet.fingerprint";
    private static final String LAYOUT = "duckfleet.layout";
    private static final String SNAPSHOT = "ducklake.snapshot-id";
    private static final int FORMAT = 2;

    private final MirrorCatalog catalog;
    private final FileIO files;
    private final ContentsReader reader;
    private final PositionDeletes deletes;
    private final Duration grace;
    private final Clock clock;

    /// Snapshots of the mirror stay for `grace`.
    TableSync(
            MirrorCatalog catalog,
            FileIO files,
            ContentsReader reader,
            PositionDeletes deletes,
            Duration grace,
            Clock clock) {
        this.catalog = catalog;
        this.files = files;
        this.reader = reader;
        this.deletes = deletes;
        this.grace = grace;
        this.clock = clock;
    }

    /// The columns that are left out, with reasons.
    ///
    /// @throws UnmirrorableException if the table can't be shown
    List<String> sync(LakeTable table) {
        TableIdentifier name = MirrorCatalog.identifier(table);
        TableOperations operations = catalog.operations(name);
        Optional<TableMetadata> before = Optional.ofNullable(operations.refresh());
        if (before.isPresent() && !before.get().properties().containsKey(MirrorCatalog.TABLE_UUID)) {
            throw new UnmirrorableException("an Iceberg table of that name is there, which isn't the mirror's");
        }
        LakeContents contents = reader.read(table);
        MirrorSchema columns = MirrorSchema.of(contents.columns());
        if (before.isEmpty() || !isCurrent(before.get(), table)) {
            PartitionLayout layout = PartitionLayout.of(columns.schema(), contents);
            Map<String, String> properties = properties(table, contents, layout);
            boolean goesOn = before.isPresent()
                    && goesOn(before.get(), table, properties)
                    && keepsTypes(before.get().schema(), layout.schema());
            Transaction change = goesOn
                    ? Transactions.newTransaction(name.toString(), operations)
                    : Transactions.createOrReplaceTableTransaction(
                            name.toString(), operations, fresh(table, contents, layout, properties));
            FileChanges changes = new FileChanges(table, contents, layout);
            if (goesOn) {
                changes.lookAt(operations);
            }
            commit(change, changes, contents, layout, properties);
        }
        VersionHint.write(files, catalog.operations(name).refresh());
        return columns.leftOut();
    }

    private static boolean isCurrent(TableMetadata metadata, LakeTable table) {
        return table.fingerprint().equals(metadata.property(FINGERPRINT, ""))
                && table.uuid().equals(metadata.property(MirrorCatalog.TABLE_UUID, ""));
    }

    private static boolean goesOn(TableMetadata before, LakeTable table, Map<String, String> properties) {
        return table.folder().equals(before.location())
                && List.of(MirrorCatalog.TABLE_UUID, LAYOUT).stream()
                        .allMatch(key -> before.property(key, "").equals(properties.get(key)));
    }

    /// Bounds are written with the types that columns have; not all readers translate them later.
    private static boolean keepsTypes(Schema before, Schema now) {
        return now.columns().stream()
                .filter(column -> column.type().isPrimitiveType())
                .allMatch(column -> {
                    Type old = before.findType(column.fieldId());
                    return old == null || old.equals(column.type());
                });
    }

    /// Without collection of garbage: to other programs, the files are another's. Snapshots go by
    /// themselves, and their manifests with the [Sweep].
    private static Map<String, String> properties(LakeTable table, LakeContents contents, PartitionLayout layout) {
        return Map.of(
                MirrorCatalog.TABLE_UUID,
                table.uuid(),
                FINGERPRINT,
                table.fingerprint(),
                LAYOUT,
                PartitionSpecParser.toJson(layout.spec()),
                SNAPSHOT,
                Long.toString(contents.snapshot()),
                "gc.enabled",
                "false",
                "commit.retry.num-retries",
                "0",
                "commit.manifest.min-count-to-merge",
                "20",
                "write.metadata.previous-versions-max",
                "1");
    }

    private static TableMetadata fresh(
            LakeTable table, LakeContents contents, PartitionLayout layout, Map<String, String> properties) {
        return TableMetadata.buildFromEmpty(FORMAT)
                .assignUUID(table.uuid())
                .setLocation(table.folder())
                .setCurrentSchema(layout.schema(), lastColumn(contents, layout))
                .setDefaultPartitionSpec(layout.spec())
                .setDefaultSortOrder(SortOrder.unsorted())
                .setProperties(properties)
                .build();
    }

    private static int lastColumn(LakeContents contents, PartitionLayout layout) {
        return Math.max(contents.lastColumn(), layout.schema().highestFieldId());
    }

    private void commit(
            Transaction change,
            FileChanges changes,
            LakeContents contents,
            PartitionLayout layout,
            Map<String, String> properties) {
        TableOperations staged = ((HasTableOperations) change.table()).operations();
        TableMetadata old = staged.current();
        TableMetadata now = stage(old, contents, layout, properties);
        staged.commit(old, now);
        RowDelta delta = change.newRowDelta();
        changes.apply(delta, now, reader, deletes, files);
        delta.set(SNAPSHOT, Long.toString(contents.snapshot())).commit();
        change.commitTransaction();
    }

    private TableMetadata stage(
            TableMetadata old, LakeContents contents, PartitionLayout layout, Map<String, String> properties) {
        TableMetadata.Builder next = TableMetadata.buildFrom(old).setProperties(properties);
        if (!old.schema().sameSchema(layout.schema())) {
            next.setCurrentSchema(layout.schema(), Math.max(old.lastColumnId(), lastColumn(contents, layout)));
        }
        if (old.specs().stream().noneMatch(PartitionSpec::isUnpartitioned)) {
            next.addPartitionSpec(PartitionSpec.unpartitioned());
        }
        long oldest = clock.instant().minus(grace).toEpochMilli();
        next.removeSnapshots(old.snapshots().stream()
                .filter(snapshot -> snapshot.timestampMillis() < oldest && !snapshot.equals(old.currentSnapshot()))
                .map(Snapshot::snapshotId)
                .toList());
        return next.build();
    }
}
