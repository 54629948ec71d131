package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Counts what a load has done, and tells a listener of every step. A load that begins anew begins its count
/// anew. Thread-safe; the listener is called by the threads of the load.
public final class LoadMeter {

    private final Consumer<LoadProgress> listener;
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private volatile long bytesBefore;
    private volatile long rowsBefore;
    private volatile long bytesTotal;
    private volatile long start = System.nanoTime();

    public LoadMeter(Consumer<LoadProgress> listener) {
        this.listener = listener;
    }

    /// A meter that nobody looks at.
    public static LoadMeter silent() {
        return new LoadMeter(progress -> {});
    }

    /// A load of so many bytes begins, for the first time or anew.
    void begin(long totalBytes) {
        bytesTotal = totalBytes;
        bytesRead.set(0);
        rows.set(0);
        start = System.nanoTime();
        beginTable();
    }

    /// The next table's load begins.
    void beginTable() {
        bytesBefore = bytesRead.get();
        rowsBefore = rows.get();
        tell();
    }

    /// The load of the table begins anew.
    void beginTableAnew() {
        bytesRead.set(bytesBefore);
        rows.set(rowsBefore);
        tell();
    }

    /// Another `bytes` of the objects are here.
    void read(long bytes) {
        bytesRead.addAndGet(bytes);
        tell();
    }

    /// Another `count` rows are in the table.
    void inserted(long count) {
        rows.addAndGet(count);
        tell();
    }

    private void tell() {
        listener.accept(progress());
    }

    private LoadProgress progress() {
        return new LoadProgress(bytesRead.get(), bytesTotal, rows.get(), Duration.ofNanos(System.nanoTime() - start));
    }
}
