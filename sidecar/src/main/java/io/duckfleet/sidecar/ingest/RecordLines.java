package io.duckfleet.sidecar.ingest;

import java.io.InputStream;

/// Records as JSON lines; `numbered` tells whether these are the lines that the client wrote.
record RecordLines(InputStream content, boolean numbered) {}
