package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaceableTest {

    private final List<String> closed = new ArrayList<>();
    private final Replaceable<AutoCloseable> resources = new Replaceable<>();

    @Test
    void closesARetiredResourceWithItsLastLease() {
        Replaceable.Lease<AutoCloseable> one = resources.lease(() -> named("old"));
        Replaceable.Lease<AutoCloseable> other = resources.lease(() -> named("never made"));

        resources.replace(named("new"));
        one.close();
        assertThat(closed).isEmpty();
        other.close();

        assertThat(closed).containsExactly("old");
    }

    @Test
    void closesAnUnusedResourceAtOnce() {
        resources.lease(() -> named("old")).close();

        resources.replace(named("new"));

        assertThat(closed).containsExactly("old");
    }

    @Test
    void lendsTheNewestOne() {
        Replaceable.Lease<AutoCloseable> old = resources.lease(() -> named("old"));

        resources.replace(named("new"));

        assertThat(resources.isCurrent(old)).isFalse();
        assertThat(resources.isCurrent(resources.lease(() -> named("never made"))))
                .isTrue();
    }

    private AutoCloseable named(String name) {
        return () -> closed.add(name);
    }
}
