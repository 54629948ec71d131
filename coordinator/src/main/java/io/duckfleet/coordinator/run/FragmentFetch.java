package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches the fragments of a query in parallel: all of them come, or the first failure is told. Waiting
/// costs a virtual thread each.
public final class FragmentFetch {

    private final FragmentSource source;
    private final ScratchDirectory scratch;
    private final ExecutorService threads;

    public FragmentFetch(FragmentSource source, ScratchDirectory scratch, ExecutorService threads) {
        this.source = source;
        this.scratch = scratch;
        this.threads = threads;
    }

    /// The plan with the files of its fragments, in order, each part by itself; the caller deletes the files.
    /// Where a node refuses a whole query, its place is taken by what may be done otherwise. `signal` ends
    /// the fetching: what is under way breaks off its connection, which stops it on its node.
    public FetchedPlan fetch(LocalQuery plan, Deadline deadline, StopSignal signal) {
        try {
            return new FetchedPlan(plan, fetchAll(plan.fragments(), deadline, signal));
        } catch (FleetException e) {
            if (plan.otherwise().isEmpty() || !isRefusal(e)) {
                throw e;
            }
            return fetch(plan.otherwise().get(), deadline, signal);
        }
    }

    private static boolean isRefusal(FleetException failure) {
        return switch (failure.code()) {
            case SQL_FAILED, MEMORY_LIMIT, RESULT_TOO_LARGE -> true;
            default -> false;
        };
    }

    private List<FetchedFragment> fetchAll(List<Fragment> fragments, Deadline deadline, StopSignal signal) {
        List<FragmentPart> parts = fragments.stream()
                .flatMap(fragment -> source.parts(fragment).stream())
                .toList();
        List<Path> files =
                parts.stream().map(part -> scratch.newFile("fragment")).toList();
        List<Future<FetchedFragment>> futures = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            FragmentPart part = parts.get(i);
            Path file = files.get(i);
            futures.add(threads.submit(() -> fetchOne(part, file, deadline)));
        }
        signal.watch(() -> futures.forEach(future -> future.cancel(true)));
        try {
            return await(futures, deadline);
        } catch (RuntimeException e) {
            futures.forEach(future -> future.cancel(true));
            files.forEach(FragmentFetch::delete);
            throw e;
        }
    }

    /// Deletes a fragment's file, whether it is there or not.
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FetchedFragment fetchOne(FragmentPart part, Path file, Deadline deadline) throws InterruptedException {
        try {
            FetchedFragment fetched = source.fetch(part, file, deadline);
            if (Thread.interrupted()) {
                throw new InterruptedException("nobody waits for the fragment any more");
            }
            return fetched;
        } catch (RuntimeException | InterruptedException e) {
            delete(file);
            throw e;
        }
    }

    private static List<FetchedFragment> await(List<Future<FetchedFragment>> futures, Deadline deadline) {
        List<FetchedFragment> fetched = new ArrayList<>();
        for (Future<FetchedFragment> future : futures) {
            try {
                fetched.add(future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                throw e.getCause() instanceof FleetException error
                        ? error
                        : new FleetException(ErrorCode.INTERNAL, "a fragment could not be fetched", e);
            } catch (CancellationException e) {
                throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled", e);
            } catch (TimeoutException e) {
                throw deadline.exceeded();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled", e);
            }
        }
        return List.copyOf(fetched);
    }
}
