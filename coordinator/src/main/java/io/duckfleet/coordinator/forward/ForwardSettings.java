package io.duckfleet.coordinator.forward;

import java.time.Duration;
import java.util.Optional;

/// Where requests are forwarded to, if anywhere, and how long neither side may be silent.
public record ForwardSettings(Optional<SidecarAddress> sidecar, Duration idleTimeout) {}
