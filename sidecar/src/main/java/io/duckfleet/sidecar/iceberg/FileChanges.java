package io.duckfleet.sidecar.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/// What has to be added to an Iceberg table and removed from it to have the lake's files: their paths are
/// compared. Snapshots of the lake can't be: a merge changes what older ones consist of.
final class FileChanges {

    private final LakeTable table;
    private final LakeContents contents;
    private final PartitionLayout layout;
    private final Map<String, DataFile> shownFiles = new HashMap<>();
    private final Map<String, DeleteFile> shownDeletes = new HashMap<>();

    FileChanges(LakeTable table, LakeContents contents, PartitionLayout layout) {
        this.table = table;
        this.contents = contents;
        this.layout = layout;
    }

    /// Reads what an Iceberg table shows already.
    void lookAt(TableOperations shown) {
        if (shown.current().currentSnapshot() == null) {
            return;
        }
        try (CloseableIterable<FileScanTask> tasks =
                new BaseTable(shown, table.name()).newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                shownFiles.put(task.file().location(), task.file());
                task.deletes().forEach(file -> shownDeletes.put(file.location(), file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the changes into `delta`.
    void apply(RowDelta delta, TableMetadata metadata, ContentsReader reader, PositionDeletes deletes, FileIO files) {
        addFiles(delta, metadata, reader);
        addDeletes(delta, metadata, deletes, files);
        Map<String, LakeFile> byPath = contents.files().stream()
                .collect(Collectors.toMap(LakeFile::path, Function.identity(), (first, _) -> first));
        shownFiles.forEach((path, file) -> {
            if (!byPath.containsKey(path)) {
                delta.removeRows(file);
            }
        });
        List<String> copies = contents.deletes().stream()
                .map(file -> PositionDeletes.copyOf(table, file))
                .toList();
        shownDeletes.forEach((path, file) -> {
            if (!copies.contains(path)) {
                delta.removeDeletes(file);
            }
        });
    }

    private void addFiles(RowDelta delta, TableMetadata metadata, ContentsReader reader) {
        List<LakeFile> missing = contents.files().stream()
                .filter(file -> !shownFiles.containsKey(file.path()))
                .toList();
        Map<Long, Map<Integer, ColumnStatistics>> statistics = missing.isEmpty()
                ? Map.of()
                : reader.statistics(missing.stream().map(LakeFile::id).toList());
        for (LakeFile file : missing) {
            PartitionSpec spec = specOf(metadata, file);
            DataFiles.Builder entry = DataFiles.builder(spec)
                    .withPath(file.path())
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(file.bytes())
                    .withMetrics(
                            FileMetrics.of(layout.schema(), file.rows(), statistics.getOrDefault(file.id(), Map.of())));
            if (spec.isPartitioned()) {
                entry.withPartition(layout.partitionOf(file, spec.partitionType()));
            }
            delta.addRows(entry.build());
        }
    }

    private void addDeletes(RowDelta delta, TableMetadata metadata, PositionDeletes copies, FileIO files) {
        Map<Long, LakeFile> byId =
                contents.files().stream().collect(Collectors.toMap(LakeFile::id, Function.identity()));
        for (LakeDeletes deletes : contents.deletes()) {
            String copy = PositionDeletes.copyOf(table, deletes);
            LakeFile file = byId.get(deletes.dataFile());
            if (file == null || shownDeletes.containsKey(copy)) {
                continue;
            }
            copies.copy(table, deletes, file);
            PartitionSpec spec = specOf(metadata, file);
            FileMetadata.Builder entry = FileMetadata.deleteFileBuilder(spec)
                    .ofPositionDeletes()
                    .withPath(copy)
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(files.newInputFile(copy).getLength())
                    .withRecordCount(deletes.rows())
                    .withReferencedDataFile(file.path());
            if (spec.isPartitioned()) {
                entry.withPartition(layout.partitionOf(file, spec.partitionType()));
            }
            delta.addDeletes(entry.build());
        }
    }

    private PartitionSpec specOf(TableMetadata metadata, LakeFile file) {
        return layout.covers(file)
                ? metadata.spec()
                : metadata.specs().stream()
                        .filter(PartitionSpec::isUnpartitioned)
                        .findFirst()
                        .orElseThrow();
    }
}
