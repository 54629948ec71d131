package io.duckfleet.sidecar.iceberg;

/// A file that tells which rows of a data file are deleted.
record LakeDeletes(String path, long dataFile, long rows) {

    /// The path without folders.
    String baseName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
