package io.duckfleet.sidecar.iceberg;

import java.time.Duration;

/// How the mirror is kept: brought up to date every `syncEvery`; what it replaces stays for
/// `graceForReaders`.
public record MirrorSettings(Duration syncEvery, Duration graceForReaders) {

    public MirrorSettings {
        if (!syncEvery.isPositive() || graceForReaders.isNegative()) {
            throw new IllegalArgumentException("the mirror's interval must be positive");
        }
    }
}
