package io.duckfleet.cli.query;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A stream that is closed when nothing has come for `patience`, so that whoever reads it isn't kept for
/// ever.
final class StallGuard extends FilterInputStream {

    private final Duration patience;
    private final Thread watch;
    private volatile long lastRead = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(InputStream source, Duration patience) {
        super(source);
        this.patience = patience;
        this.watch = Thread.ofVirtual().start(this::watch);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            lastRead = System.nanoTime();
            int count = in.read(bytes, offset, length);
            lastRead = System.nanoTime();
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException("nothing came for %d s".formatted(patience.toSeconds()), e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        in.close();
    }

    private void watch() {
        try {
            while (System.nanoTime() - lastRead < patience.toNanos()) {
                Thread.sleep(patience.dividedBy(4));
            }
            stalled = true;
            in.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            stalled = true; // The reader meets the same error.
        }
    }
}
