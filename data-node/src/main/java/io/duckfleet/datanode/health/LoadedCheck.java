package io.duckfleet.datanode.health;

import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.TableSlot;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the tables are whole.
@Readiness
@Singleton
public final class LoadedCheck implements HealthCheck {

    private final TableSlot slot;

    public LoadedCheck(TableSlot slot) {
        this.slot = slot;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("table")
                .status(slot.state() instanceof NodeState.Ready)
                .build();
    }
}
