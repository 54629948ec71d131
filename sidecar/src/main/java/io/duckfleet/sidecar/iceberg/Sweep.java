package io.duckfleet.sidecar.iceberg;

import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/// Removes the mirror's own files that nobody needs any more: those that the newest metadata don't name, and
/// of syncs that were cut short. Only files with the mirror's names in the mirror's folder are looked at.
final class Sweep {

    private static final Pattern OWN = Pattern.compile(
            "metadata/(\\d+-[0-9a-f-]{36}\\.metadata\\.json|snap-[0-9]+-[0-9]+-[0-9a-f-]{36}\\.avro|[0-9a-f-]{36}-m[0-9]+\\.avro|deletes/ducklake-[0-9a-f-]{36}-delete\\.parquet)");

    private final Bucket bucket;
    private final MirrorFiles files;
    private final Duration grace;
    private final Clock clock;

    /// Files stay for `grace`, for those who read an older state.
    Sweep(Bucket bucket, MirrorFiles files, Duration grace, Clock clock) {
        this.bucket = bucket;
        this.files = files;
        this.grace = grace;
        this.clock = clock;
    }

    /// How many files were removed.
    long remove(TableMetadata table) {
        Instant newest = clock.instant().minus(grace);
        String folder = files.key(table.location() + "/");
        Set<String> used = used(table, files);
        long removed = 0;
        for (List<StoredObject> page : bucket.pages(files.key(table.location() + MirrorFiles.FOLDER))) {
            List<String> unused = page.stream()
                    .filter(object -> object.modified().isBefore(newest))
                    .filter(object ->
                            OWN.matcher(object.key().substring(folder.length())).matches())
                    .filter(object -> !used.contains(object.baseName()))
                    .map(StoredObject::key)
                    .toList();
            bucket.delete(unused);
            removed += unused.size();
        }
        return removed;
    }

    /// The names, without folders, of what the metadata name.
    private static Set<String> used(TableMetadata table, FileIO files) {
        Set<String> used = new HashSet<>();
        used.add(baseName(table.metadataFileLocation()));
        for (Snapshot snapshot : table.snapshots()) {
            used.add(baseName(snapshot.manifestListLocation()));
            for (ManifestFile manifest : snapshot.allManifests(files)) {
                if (used.add(baseName(manifest.path())) && manifest.content() == ManifestContent.DELETES) {
                    used.addAll(deletesIn(manifest, table, files));
                }
            }
        }
        return used;
    }

    private static Set<String> deletesIn(ManifestFile manifest, TableMetadata table, FileIO files) {
        Set<String> names = new HashSet<>();
        try (ManifestReader<DeleteFile> entries =
                ManifestFiles.readDeleteManifest(manifest, files, table.specsById())) {
            entries.forEach(entry -> names.add(baseName(entry.location())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static String baseName(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
