package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.Optional;

/// Makes every semi-join that is proved worth doing, so that tests see them all. Which table goes first,
/// whether keys travel one by one (framed or not) or as a range, and which tables' keys are reduced only once they are
/// here,
/// depends on `seed`.
record KeysEverywhere(long seed) implements FetchSizes {

    private static final int ROWS = 1_000;
    private static final double MANY = 1e15;
    private static final int FEW_KEYS = 3;

    /// Most sets of integers span it.
    private static final ValueRange NARROW = new ValueRange(3, 4);

    /// Of so many tables and one more.
    private static final int LARGE_ONES = 2;

    @Override
    public double rows(Fragment fragment) {
        return 1 + Math.floorMod(fragment.table().name().hashCode() * 31L + seed * 7_919, ROWS);
    }

    @Override
    public double distinct(TableShape table, Column column) {
        return MANY;
    }

    @Override
    public Optional<ValueRange> range(TableShape table, Column column) {
        return seed % 2 == 0 ? Optional.of(NARROW) : Optional.empty();
    }

    @Override
    public boolean isLarge(TableShape table) {
        return Math.floorMod(table.name().hashCode() + seed * 31, LARGE_ONES + 1) > 0;
    }

    @Override
    public long mostKeys() {
        return seed % 3 == 0 ? FEW_KEYS : Long.MAX_VALUE;
    }
}
