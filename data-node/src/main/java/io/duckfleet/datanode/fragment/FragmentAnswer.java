package io.duckfleet.datanode.fragment;

import java.nio.file.Path;
import java.time.Duration;

/// A fragment's rows as a Parquet file, which whoever sends it deletes.
record FragmentAnswer(Path file, long rows, Duration duration, String tableVersion) {}
