package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// Fetches the fragments of a query, in parallel but for those that are reduced by what others bring: all of
/// them come, or the first failure is told. Waiting costs a virtual thread each.
public final class FragmentFetch {

    private final FragmentSource source;
    private final FetchSizes sizes;
    private final ScratchDirectory scratch;
    private final ExecutorService threads;

    FragmentFetch(FragmentSource source, FetchSizes sizes, ScratchDirectory scratch, ExecutorService threads) {
        this.source = source;
        this.sizes = sizes;
        this.scratch = scratch;
        this.threads = threads;
    }

    /// Fetches from the nodes of a fleet.
    public static FragmentFetch from(
            FleetFragments source, FetchEstimate sizes, ScratchDirectory scratch, ExecutorService threads) {
        return new FragmentFetch(source, sizes, scratch, threads);
    }

    /// The plan with the files of its fragments, in order, each part by itself; the caller releases the
    /// files. Where a node refuses a whole query, its place is taken by what may be done otherwise.
    /// `signal` ends the fetching: what is under way breaks off its connection, which stops it on its node.
    /// Keys are made on `session`. What is only handed on comes in the form of `handedOn`.
    FetchedPlan fetch(
            LocalQuery plan,
            Session session,
            Caching caching,
            FragmentForm handedOn,
            Deadline deadline,
            StopSignal signal) {
        FragmentForm form = plan.isHandedOn() ? handedOn : FragmentForm.PARQUET;
        try {
            return new FetchedPlan(plan, fetchAll(plan.fragments(), session, caching, form, deadline, signal));
        } catch (FleetException e) {
            if (plan.otherwise().isEmpty() || !isRefusal(e)) {
                throw e;
            }
            return fetch(plan.otherwise().get(), session, caching, handedOn, deadline, signal);
        }
    }

    private static boolean isRefusal(FleetException failure) {
        return switch (failure.code()) {
            case SQL_FAILED, MEMORY_LIMIT, RESULT_TOO_LARGE -> true;
            default -> false;
        };
    }

    private List<FetchedFragment> fetchAll(
            List<Fragment> fragments,
            Session session,
            Caching caching,
            FragmentForm form,
            Deadline deadline,
            StopSignal signal) {
        FetchOrder order = FetchOrder.of(fragments, sizes);
        try (KeyFilters keys = new KeyFilters(session, scratch, sizes, order)) {
            FetchRun run = new FetchRun(source, scratch, threads, keys, caching, form, deadline);
            signal.watch(() -> {
                run.stop();
                session.cancel();
            });
            return run.all(order);
        }
    }
}
