package io.duckfleet.sidecar.health;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.lake.Reachability;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when catalog and S3 can be reached and the lake is open.
@Readiness
@Singleton
public final class LakeCheck implements HealthCheck {

    private final Reachability reachability;

    public LakeCheck(Reachability reachability) {
        this.reachability = reachability;
    }

    @Override
    public HealthCheckResponse call() {
        List<FleetException> problems = reachability.problems();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("lake").status(problems.isEmpty());
        problems.forEach(problem -> answer.withData(problem.code().wireName(), problem.detail()));
        return answer.build();
    }
}
