package io.duckfleet.sidecar.ingest;

import java.nio.file.Path;

/// A file that a client sent: where it lies, and what the client calls it.
record UploadedFile(Path path, String name) {}
