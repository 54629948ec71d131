package io.duckfleet.sidecar.iceberg;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/// The file beside a table's metadata that names the newest of them, for readers that know the table's
/// folder and no catalog.
final class VersionHint {

    private static final String NAME = "version-hint.text";
    private static final String SUFFIX = ".metadata.json";

    private VersionHint() {}

    static void write(FileIO files, TableMetadata metadata) {
        String file = metadata.metadataFileLocation();
        String version = file.substring(file.lastIndexOf('/') + 1).replace(SUFFIX, "");
        try (OutputStream hint = files.newOutputFile(location(metadata)).createOrOverwrite()) {
            hint.write(version.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(FileIO files, TableMetadata metadata) {
        files.deleteFile(location(metadata));
    }

    private static String location(TableMetadata metadata) {
        return metadata.location() + MirrorFiles.FOLDER + NAME;
    }
}
