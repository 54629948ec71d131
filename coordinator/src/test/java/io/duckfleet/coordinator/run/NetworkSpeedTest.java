package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkSpeedTest {

    private static final URI NEAR = URI.create("http://near:8000");
    private static final URI FAR = URI.create("http://far:8000");

    private final NetworkSpeed network = new NetworkSpeed();

    @Test
    void takesANodeForNearUntilItIsKnown() {
        assertThat(network.isSlow(FAR)).isFalse();
    }

    @Test
    void tellsNodesApartByWhatCameFromThem() {
        network.received(NEAR, 100_000_000, Duration.ofMillis(100));
        network.received(FAR, 10_000_000, Duration.ofSeconds(1));

        assertThat(network.isSlow(NEAR)).isFalse();
        assertThat(network.isSlow(FAR)).isTrue();
    }

    @Test
    void learnsNothingFromSmallFragments() {
        network.received(FAR, 1_000, Duration.ofSeconds(1));

        assertThat(network.isSlow(FAR)).isFalse();
    }

    @Test
    void forgetsAPassingTrouble() {
        network.received(NEAR, 10_000_000, Duration.ofSeconds(1));

        network.received(NEAR, 1_000_000_000, Duration.ofSeconds(1));

        assertThat(network.isSlow(NEAR)).isFalse();
    }
}
