package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.Optional;

/// Guesses how much there is. Answers never depend on it, only how they are come by.
interface FetchSizes {

    /// How many rows the fragment will bring.
    double rows(Fragment fragment);

    /// How many different values the column has.
    double distinct(TableShape table, Column column);

    /// Between which values those of the column are, where that is known.
    Optional<ValueRange> range(TableShape table, Column column);

    /// Whether so many rows are to be had that fewer of them are worth an effort.
    boolean isLarge(TableShape table);

    /// Up to how many rows keys travel one by one; those of more rows as a range.
    long mostKeys();
}
