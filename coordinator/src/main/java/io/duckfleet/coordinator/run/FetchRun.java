package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Fetches the fragments of one plan: at once what waits for nothing, the rest as soon as the keys that
/// reduce it are there. Runs on one thread but for [#stop], which anybody may call.
final class FetchRun {

    private final FragmentSource source;
    private final ScratchDirectory scratch;
    private final KeyFilters keys;
    private final Caching caching;
    private final FragmentForm form;
    private final Deadline deadline;
    private final CompletionService<Arrived> threads;
    private final List<Step> steps = new ArrayList<>();
    private final Queue<Future<Arrived>> started = new ConcurrentLinkedQueue<>();
    private final Queue<FragmentFile> brought = new ConcurrentLinkedQueue<>();
    private final List<Path> targets = new ArrayList<>();
    private int underWay;
    private volatile boolean stopped;

    /// A part that has come, and where it belongs.
    private record Arrived(Step step, int part, FetchedFragment fetched) {}

    /// A fragment, the semi-joins that it waits for, the tables whose rows these need, and what has come of
    /// it, by the number of the part.
    private static final class Step {

        private final Fragment fragment;
        private final List<SemiJoin> awaited;
        private final Set<TableShape> awaitedTables;
        private final Map<Integer, FetchedFragment> arrived = new TreeMap<>();
        private boolean started;
        private int parts;

        Step(Fragment fragment, List<SemiJoin> awaited, Set<TableShape> awaitedTables) {
            this.fragment = fragment;
            this.awaited = awaited;
            this.awaitedTables = awaitedTables;
        }

        boolean isThere() {
            return started && arrived.size() == parts;
        }
    }

    FetchRun(
            FragmentSource source,
            ScratchDirectory scratch,
            ExecutorService threads,
            KeyFilters keys,
            Caching caching,
            FragmentForm form,
            Deadline deadline) {
        this.source = source;
        this.scratch = scratch;
        this.threads = new ExecutorCompletionService<>(threads);
        this.keys = keys;
        this.caching = caching;
        this.form = form;
        this.deadline = deadline;
    }

    /// What came of the fragments of `order`, one after another, each part by itself; the caller deletes the
    /// files. If anything fails, the rest is stopped and no file is left.
    List<FetchedFragment> all(FetchOrder order) {
        for (int i = 0; i < order.fragments().size(); i++) {
            List<SemiJoin> awaited = order.awaited().get(i);
            Set<TableShape> tables = awaited.stream().flatMap(order::tablesOf).collect(Collectors.toSet());
            steps.add(new Step(order.fragments().get(i), awaited, tables));
        }
        try {
            startWhatMay();
            while (underWay > 0) {
                awaitOne();
                startWhatMay();
            }
            return arrivals();
        } catch (RuntimeException e) {
            stop();
            brought.forEach(FragmentFile::release);
            targets.forEach(FragmentFile::delete);
            throw e;
        }
    }

    /// Breaks off what is under way, and begins nothing more.
    void stop() {
        stopped = true;
        started.forEach(future -> future.cancel(true));
    }

    private void startWhatMay() {
        for (Step step : steps) {
            if (!step.started && step.awaitedTables.stream().allMatch(this::isThere)) {
                start(step);
            }
        }
    }

    private boolean isThere(TableShape table) {
        return steps.stream()
                .filter(step -> step.fragment.table().equals(table))
                .allMatch(Step::isThere);
    }

    private void start(Step step) {
        List<KeyFilter> filters = keys.of(step.fragment, step.awaited, arrivals());
        List<FragmentPart> parts = source.parts(step.fragment);
        step.started = true;
        step.parts = parts.size();
        for (int i = 0; i < parts.size(); i++) {
            start(step, i, parts.get(i).with(filters, caching).as(form));
        }
    }

    private void start(Step step, int number, FragmentPart part) {
        Path file = scratch.newFile("fragment");
        targets.add(file);
        Future<Arrived> future = threads.submit(() -> new Arrived(step, number, fetch(part, file)));
        underWay++;
        started.add(future);
        if (stopped) {
            future.cancel(true);
        }
    }

    private FetchedFragment fetch(FragmentPart part, Path file) throws InterruptedException {
        try {
            FetchedFragment fetched = source.fetch(part, file, deadline);
            brought.add(fetched.file());
            if (stopped || Thread.interrupted()) {
                fetched.file().release();
                throw new InterruptedException("nobody waits for the fragment any more");
            }
            return fetched;
        } catch (RuntimeException | InterruptedException e) {
            FragmentFile.delete(file);
            throw e;
        }
    }

    private void awaitOne() {
        try {
            Future<Arrived> done = threads.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (done == null) {
                throw deadline.exceeded();
            }
            Arrived part = done.get();
            part.step().arrived.put(part.part(), part.fetched());
            underWay--;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException error
                    ? error
                    : new FleetException(ErrorCode.INTERNAL, "a fragment could not be fetched", e);
        } catch (CancellationException e) {
            throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled", e);
        }
    }

    private List<FetchedFragment> arrivals() {
        return steps.stream().flatMap(step -> step.arrived.values().stream()).toList();
    }
}
