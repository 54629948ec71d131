package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.Optional;

/// Guesses how much a plan's fragments will bring, from what the nodes tell of their tables. In bytes: the
/// fetched share of the columns, a fifth of the rows where there is a filter, no more than a limit lets
/// through, and a fifth of the table for the answer of a whole query. Only admission control, and the order
/// in which fragments are fetched, depend on it.
public final class FetchEstimate implements FetchSizes {

    private static final double KEPT_BY_FILTER = 0.2;
    private static final double KEPT_BY_QUERY = 0.2;
    private static final long MOST_KEYS = 1_000_000;

    private final Fleet fleet;
    private final long largeBytes;

    /// Tables of `largeBytes` or more are large.
    public FetchEstimate(Fleet fleet, long largeBytes) {
        this.fleet = fleet;
        this.largeBytes = largeBytes;
    }

    long bytes(LocalQuery plan) {
        return plan.fragments().stream().mapToLong(this::bytes).sum();
    }

    @Override
    public double rows(Fragment fragment) {
        double all =
                state(fragment.table()).map(state -> state.rows().orElse(0)).orElse(0L);
        return switch (fragment) {
            case TableFragment table
            when table.limit().isPresent() ->
                Math.min(all, (double) table.limit().getAsLong());
            case TableFragment table ->
                table.filter()
                        .map(filter -> all * KeptRows.share(filter, figuresOf(table.table())))
                        .orElse(all);
            case QueryFragment query ->
                KEPT_BY_QUERY
                        * query.tables().stream()
                                .flatMap(table -> state(table).stream())
                                .mapToLong(state -> state.rows().orElse(0))
                                .max()
                                .orElse(0);
        };
    }

    private KeptRows.Figures figuresOf(TableShape table) {
        return new KeptRows.Figures() {
            @Override
            public double distinct(Column column) {
                return FetchEstimate.this.distinct(table, column);
            }

            @Override
            public Optional<ValueRange> range(Column column) {
                return FetchEstimate.this.range(table, column);
            }
        };
    }

    @Override
    public double distinct(TableShape table, Column column) {
        return state(table)
                .map(state -> state.distinct(column.name()).orElse(state.rows().orElse(1)))
                .orElse(1L);
    }

    @Override
    public Optional<ValueRange> range(TableShape table, Column column) {
        return state(table).flatMap(state -> state.range(column.name()));
    }

    @Override
    public boolean isLarge(TableShape table) {
        return state(table).filter(state -> state.bytes() >= largeBytes).isPresent();
    }

    @Override
    public long mostKeys() {
        return MOST_KEYS;
    }

    private Optional<TableState> state(TableShape table) {
        return table.home().isInLake()
                ? Optional.empty()
                : fleet.config().table(table.name()).map(fleet::state);
    }

    private long bytes(Fragment fragment) {
        return switch (fragment) {
            case TableFragment table ->
                state(table.table()).map(state -> bytes(table, state)).orElse(0L);
            case QueryFragment query ->
                (long) (KEPT_BY_QUERY
                        * query.tables().stream()
                                .flatMap(table -> state(table).stream())
                                .mapToLong(TableState::bytes)
                                .sum());
        };
    }

    private static long bytes(TableFragment fragment, TableState state) {
        double columns =
                (double) fragment.columns().size() / fragment.table().columns().size();
        long rows = state.rows().orElse(0);
        double kept = fragment.filter().isPresent() ? KEPT_BY_FILTER : 1;
        if (fragment.limit().isPresent() && rows > 0) {
            kept = Math.min(kept, (double) fragment.limit().getAsLong() / rows);
        }
        return (long) (state.bytes() * columns * kept);
    }
}
