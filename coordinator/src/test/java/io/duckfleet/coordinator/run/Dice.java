package io.duckfleet.coordinator.run;

import io.duckfleet.common.sql.Identifiers;
import java.util.List;
import java.util.random.RandomGenerator;

/// The chance that random tests are made with: one seed gives one test.
final class Dice {

    private final RandomGenerator random;
    private int aliases;

    Dice(RandomGenerator random) {
        this.random = random;
    }

    /// 0 to `bound` - 1.
    int below(int bound) {
        return random.nextInt(bound);
    }

    /// True once in `times`.
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// An alias that no other source of the query has.
    String alias(String prefix) {
        return prefix + aliases++;
    }

    static String quoted(String name) {
        return Identifiers.quote(name);
    }
}
