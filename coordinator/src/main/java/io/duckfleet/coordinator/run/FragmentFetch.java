package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches the fragments of a query in parallel: all of them come, or the first failure is told. At most so
/// many are under way at once over all queries. Waiting costs a virtual thread each.
public final class FragmentFetch {

    private final FragmentSource source;
    private final ScratchDirectory scratch;
    private final ExecutorService threads;
    private final Semaphore underWay;

    public FragmentFetch(FragmentSource source, ScratchDirectory scratch, ExecutorService threads, int atOnce) {
        this.source = source;
        this.scratch = scratch;
        this.threads = threads;
        this.underWay = new Semaphore(atOnce, true);
    }

    /// The fragments with their files, in order; the caller deletes the files. `signal` ends the fetching:
    /// what is under way breaks off its connection, which stops it on its node.
    public List<FetchedFragment> fetchAll(List<Fragment> fragments, Deadline deadline, StopSignal signal) {
        List<Path> files =
                fragments.stream().map(fragment -> scratch.newFile("fragment")).toList();
        List<Future<FetchedFragment>> futures = new ArrayList<>();
        for (int i = 0; i < fragments.size(); i++) {
            Fragment fragment = fragments.get(i);
            Path file = files.get(i);
            futures.add(threads.submit(() -> fetchOne(fragment, file, deadline)));
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

    private FetchedFragment fetchOne(Fragment fragment, Path file, Deadline deadline) throws InterruptedException {
        if (!underWay.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw deadline.exceeded();
        }
        try {
            FetchedFragment fetched = source.fetch(fragment, file, deadline);
            if (Thread.interrupted()) {
                throw new InterruptedException("nobody waits for the fragment any more");
            }
            return fetched;
        } catch (RuntimeException | InterruptedException e) {
            delete(file);
            throw e;
        } finally {
            underWay.release();
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
