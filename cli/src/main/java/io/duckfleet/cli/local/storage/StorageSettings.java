package io.duckfleet.cli.local.storage;

import java.nio.file.Path;
import java.util.Map;

/// Where the embedded storage keeps its data and listens. `objects` and `catalog` are the folders of the S3
/// server and of Postgres, `programs` is where Postgres's binaries are unpacked, `samples` are the files to
/// be found in the bucket of samples, by key.
public record StorageSettings(
        Path objects,
        int s3Port,
        Path catalog,
        int postgresPort,
        Path catalogLog,
        Path programs,
        Map<String, Path> samples) {

    public StorageSettings {
        samples = Map.copyOf(samples);
    }
}
