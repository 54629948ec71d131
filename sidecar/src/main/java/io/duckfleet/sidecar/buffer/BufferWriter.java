package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The one thread that writes the buffer's file. Records that wait when it is free go in together, with one
/// fsync; a record that comes alone doesn't wait for others. How much may wait is bounded by those who
/// submit.
final class BufferWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BufferWriter.class);
    private static final int MAX_GROUP = 1_000;
    private static final long MAX_GROUP_BYTES = 8L << 20;
    private static final long LOG_BYTES = 128L << 20;
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
    private final BufferStore store;
    private final DiskRoom room;
    private final BufferMeters meters;
    private final Consumer<StreamRecord> whenDurable;
    private final Thread thread;
    private long logBytes;
    private volatile long lastDurable;
    private volatile boolean closing;

    BufferWriter(BufferStore store, DiskRoom room, BufferMeters meters, Consumer<StreamRecord> whenDurable) {
        this.store = store;
        this.room = room;
        this.meters = meters;
        this.whenDurable = whenDurable;
        this.lastDurable = store.write(BufferFile::lastSequence);
        this.thread = Thread.ofPlatform().name("buffer").start(this::run);
    }

    private sealed interface Item {}

    private record Append(StreamRecord row, CompletableFuture<Void> durable) implements Item {}

    private record Task(Consumer<BufferFile> work, CompletableFuture<Void> done) implements Item {}

    /// Queues a record. The future is done when it would survive a crash.
    CompletableFuture<Void> append(StreamRecord row) {
        return submit(new Append(row, new CompletableFuture<>()), Append::durable);
    }

    /// Queues other work on the file.
    CompletableFuture<Void> run(Consumer<BufferFile> work) {
        return submit(new Task(work, new CompletableFuture<>()), Task::done);
    }

    /// Queues a checkpoint, which makes room on the disk. The future is done also when that failed.
    CompletableFuture<Void> checkpoint() {
        return run(file -> fold());
    }

    private <T extends Item> CompletableFuture<Void> submit(
            T item, java.util.function.Function<T, CompletableFuture<Void>> future) {
        waiting.add(item);
        if (closing && waiting.remove(item)) {
            future.apply(item)
                    .completeExceptionally(
                            new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment"));
        }
        return future.apply(item);
    }

    /// The number of the last record that is durable.
    long lastDurable() {
        return lastDurable;
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            List<Append> group = new ArrayList<>();
            Optional<Task> task = nextGroup(group);
            commit(group);
            task.ifPresent(this::perform);
        }
        store.close();
    }

    /// Takes what waits, up to the first task, which it gives.
    private Optional<Task> nextGroup(List<Append> group) {
        try {
            Optional<Item> next = Optional.ofNullable(waiting.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS));
            long bytes = 0;
            while (next.isPresent()) {
                switch (next.get()) {
                    case Task task -> {
                        return Optional.of(task);
                    }
                    case Append append -> {
                        group.add(append);
                        bytes += append.row().bytes();
                    }
                }
                boolean full = group.size() >= MAX_GROUP || bytes >= MAX_GROUP_BYTES;
                next = full ? Optional.empty() : Optional.ofNullable(waiting.poll());
            }
        } catch (InterruptedException e) {
            LOG.warn("the buffer's writer was interrupted; it goes on");
        }
        return Optional.empty();
    }

    private void commit(List<Append> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            List<StreamRecord> rows = group.stream().map(Append::row).toList();
            long bytes = rows.stream().mapToLong(StreamRecord::bytes).sum();
            room.require(bytes);
            long last = meters.timed(rows.size(), () -> append(rows));
            rows.forEach(whenDurable);
            meters.buffered(rows.size(), bytes);
            lastDurable = last;
            logBytes += bytes;
            group.forEach(append -> append.durable().complete(null));
            checkpointIfLong();
        } catch (FleetException e) {
            group.forEach(append -> append.durable().completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            LOG.error("the buffer's writer met an error that nobody had foreseen; it goes on", e);
            FleetException told = new FleetException(
                    ErrorCode.INTERNAL, "the record can't be buffered; the service's log says why", e);
            group.forEach(append -> append.durable().completeExceptionally(told));
        }
    }

    /// Gives the number of the last record. An error may come from a group that is durable nevertheless:
    /// the file, opened anew, knows.
    private long append(List<StreamRecord> rows) {
        long expected = store.write(BufferFile::lastSequence) + rows.size();
        try {
            store.write(file -> {
                file.append(rows);
                return true;
            });
        } catch (FleetException e) {
            LOG.errorf("the buffer's file can't be written, and is opened anew: %s", e.detail());
            store.reopen();
            long found = store.write(BufferFile::lastSequence);
            if (found < expected) {
                throw DiskRoom.isShortage(e) ? DiskRoom.full(store.directory(), e) : unwritable(e);
            }
        }
        return expected;
    }

    private static FleetException unwritable(FleetException cause) {
        return new FleetException(
                ErrorCode.INTERNAL, "the buffer's file can't be written; the service's log says why", cause);
    }

    private void checkpointIfLong() {
        if (logBytes >= LOG_BYTES) {
            fold();
        }
    }

    /// What is in the log is durable, so nobody is told of a failure; the next time makes up for it.
    private void fold() {
        try {
            store.checkpoint();
            logBytes = 0;
        } catch (FleetException e) {
            LOG.errorf("the buffer's log can't be folded into its file, which is opened anew: %s", e.detail());
            store.reopenQuietly();
        }
    }

    private void perform(Task task) {
        try {
            store.write(file -> {
                task.work().accept(file);
                return true;
            });
            task.done().complete(null);
        } catch (FleetException e) {
            LOG.errorf("the buffer's file can't be written, and is opened anew: %s", e.detail());
            store.reopenQuietly();
            task.done()
                    .completeExceptionally(
                            DiskRoom.isShortage(e) ? DiskRoom.full(store.directory(), e) : unwritable(e));
        } catch (RuntimeException | Error e) {
            LOG.error("the buffer's writer met an error that nobody had foreseen; it goes on", e);
            task.done().completeExceptionally(e);
        }
    }

    /// Takes nothing more, writes what waits, and closes the file.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
