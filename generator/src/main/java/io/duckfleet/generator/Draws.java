package io.duckfleet.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Random values by a seed.
final class Draws {

    private static final long PERIOD_SECONDS = Duration.ofDays(90).toSeconds();
    private static final long UUID_VERSION_4 = 0x4000L;
    private static final long UUID_VARIANT = 0x8000000000000000L;

    private final SplittableRandom random;
    private final long untilSecond;

    Draws(long seed, Instant until) {
        random = new SplittableRandom(seed);
        untilSecond = until.getEpochSecond();
    }

    /// A random UUID (version 4).
    String uuid() {
        long high = (random.nextLong() & ~0xF000L) | UUID_VERSION_4;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | UUID_VARIANT;
        return new UUID(high, low).toString();
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// From `least` to `most`, both included.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// From `least` to `most`, with `digits` digits after the point.
    double between(double least, double most, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(random.nextDouble(least, most) * scale) / scale;
    }

    /// An amount with two digits, most of them small, as amounts are.
    double amount(double median) {
        double gaussian = (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
        return Math.round(median * Math.exp(gaussian) * 100) / 100.0;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// An instant of the period, to the second, in ISO 8601 with zone.
    String instant() {
        return Instant.ofEpochSecond(untilSecond - random.nextLong(PERIOD_SECONDS))
                .toString();
    }

    /// A number for a reference to one of `count` others, some of which are asked for more often.
    int reference(int count) {
        return (int) (count * Math.pow(random.nextDouble(), 2));
    }
}
