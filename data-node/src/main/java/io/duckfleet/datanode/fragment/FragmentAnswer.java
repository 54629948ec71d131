package io.duckfleet.datanode.fragment;

import io.duckfleet.common.results.ResultFormat;
import java.nio.file.Path;
import java.time.Duration;

/// A fragment's rows as a file, which whoever sends it deletes.
record FragmentAnswer(ResultFormat format, Path file, long rows, Duration duration, String tableVersion) {}
