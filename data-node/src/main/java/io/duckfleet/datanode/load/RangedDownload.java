package io.duckfleet.datanode.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;

/// An object's bytes in order, fetched in ranges of [#PART_BYTES], of which [#PARTS_AHEAD] are on their way
/// while one is read. All ranges are of the same version of the object. For one reader.
final class RangedDownload extends InputStream {

    static final int PART_BYTES = 4 << 20;

    private static final int PARTS_AHEAD = 6;

    private final RangeReader ranges;
    private final ObjectVersion version;
    private final LoadMeter meter;
    private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();
    private byte[] part = new byte[0];
    private int position;
    private long requested;

    private RangedDownload(RangeReader ranges, ObjectVersion version, LoadMeter meter) {
        this.ranges = ranges;
        this.version = version;
        this.meter = meter;
        fillAhead();
    }

    /// Starts the download of this version.
    static RangedDownload start(S3Client client, ObjectVersion version, LoadMeter meter) {
        return new RangedDownload(new RangeReader(client, version.location()), version, meter);
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? part[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, target, offset, count);
        position += count;
        return count;
    }

    /// Not 0 before the end: `GZIPInputStream` takes 0 for the end of the last member.
    @Override
    public int available() {
        boolean atEnd = position == part.length && ahead.isEmpty();
        return atEnd ? 0 : Math.max(1, part.length - position);
    }

    @Override
    public void close() {
        ahead.forEach(future -> future.cancel(true));
        fetchers.shutdownNow();
    }

    private boolean hasMore() throws IOException {
        while (position == part.length) {
            if (ahead.isEmpty()) {
                return false;
            }
            part = await(ahead.removeFirst());
            position = 0;
            meter.read(part.length);
            fillAhead();
        }
        return true;
    }

    private void fillAhead() {
        while (ahead.size() < PARTS_AHEAD && requested < version.bytes()) {
            long from = requested;
            long to = Math.min(version.bytes(), from + PART_BYTES);
            ahead.addLast(fetchers.submit(() -> ranges.read(version, from, to)));
            requested = to;
        }
    }

    private static byte[] await(Future<byte[]> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("the load was stopped").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        }
    }
}
