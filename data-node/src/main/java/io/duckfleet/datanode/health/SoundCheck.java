package io.duckfleet.datanode.health;

import io.duckfleet.datanode.table.Soundness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/// Alive while the node's DuckDB is sound.
@Liveness
@Singleton
public final class SoundCheck implements HealthCheck {

    private final Soundness soundness;

    public SoundCheck(Soundness soundness) {
        this.soundness = soundness;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check =
                HealthCheckResponse.named("duckdb").status(soundness.fault().isEmpty());
        soundness.fault().ifPresent(fault -> check.withData("reason", fault));
        return check.build();
    }
}
