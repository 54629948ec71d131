package io.duckfleet.sidecar.ingest;

import java.io.InputStream;

/// A file that a client sends: what it holds, to be read once, and what the client calls it.
record UploadedFile(InputStream content, String name) {}
