package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// A fragment that has come: its file, and what it cost. The file is deleted by who asked for it.
public record FetchedFragment(Fragment fragment, URI node, Path file, long rows, long bytes, Duration duration) {}
