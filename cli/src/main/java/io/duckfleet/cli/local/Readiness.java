package io.duckfleet.cli.local;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits until something is ready, and no longer than its process lives or its deadline lets it.
final class Readiness {

    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration LOOKS = Duration.ofSeconds(6);
    private static final long PAUSE_NANOS = 100_000_000;

    private final JsonClient http;
    private final Duration deadline;

    Readiness(JsonClient http, Duration deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /// Waits until the service at `address` says that it is ready.
    ///
    /// @throws CommandFailure with the end of its log if it ends before, or isn't ready by the deadline
    void await(ServiceProcess service, URI address) {
        await(service, () -> isReady(address.resolve("/health/ready")));
    }

    /// Waits until the Trino at `address` has started.
    ///
    /// @throws CommandFailure as for a service
    void awaitTrino(ServiceProcess trino, URI address) {
        await(trino, () -> isTrinoReady(address));
    }

    /// Waits until `ready` holds.
    void await(ServiceProcess service, BooleanSupplier ready) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!ready.getAsBoolean()) {
            if (!service.handle().isAlive()) {
                throw new CommandFailure("%s ended while it started; %s"
                        .formatted(service.name(), service.log().excerpt()));
            }
            if (System.nanoTime() > end) {
                throw new CommandFailure("%s isn't ready after %d s; %s"
                        .formatted(
                                service.name(),
                                deadline.toSeconds(),
                                service.log().excerpt()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Gives the coordinator time to look at the others again, which it does every two seconds; what isn't
    /// well then is for `status` to tell.
    void awaitHealthy(URI coordinator) {
        long end = System.nanoTime() + LOOKS.toNanos();
        while (!isHealthy(coordinator) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isHealthy(URI service) {
        try {
            JsonClient.Answer answer = http.get(service.resolve("/health"), PROBE);
            return answer.body().path("status").asText().equals("healthy");
        } catch (IOException e) {
            return false;
        }
    }

    /// Trino answers before it is ready, and says so.
    private boolean isTrinoReady(URI trino) {
        try {
            JsonClient.Answer answer = http.get(trino.resolve("/v1/info"), PROBE);
            return answer.succeeded() && !answer.body().path("starting").asBoolean(true);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isReady(URI probe) {
        try {
            return http.get(probe, PROBE).succeeded();
        } catch (IOException e) {
            return false;
        }
    }
}
