package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.Optional;

/// How often S3 is looked at for a change, at least a second; absent, never.
public record WatchInterval(Optional<Duration> value) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    public WatchInterval {
        value.filter(duration -> duration.compareTo(LEAST) < 0).ifPresent(duration -> {
            throw FleetException.invalid("watch", "--watch must be at least 1s, it is " + duration);
        });
    }
}
