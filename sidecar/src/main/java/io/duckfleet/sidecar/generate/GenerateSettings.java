package io.duckfleet.sidecar.generate;

/// Whether sample records may be made, and how many at once.
public record GenerateSettings(boolean enabled, long most) {}
