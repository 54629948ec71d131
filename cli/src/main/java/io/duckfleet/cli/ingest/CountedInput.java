package io.duckfleet.cli.ingest;

import io.duckfleet.cli.terminal.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;

/// An input that tells how much of it was read, every few seconds.
final class CountedInput extends FilterInputStream {

    private static final long PAUSE_NANOS = 2_000_000_000L;
    private static final double MEGABYTE = 1024 * 1024;

    private final OptionalLong size;
    private final Progress progress;
    private long bytes;
    private long toldAt = System.nanoTime();

    CountedInput(InputStream input, OptionalLong size, Progress progress) {
        super(input);
        this.size = size;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        bytes += Math.max(0, count);
        long now = System.nanoTime();
        if (now - toldAt > PAUSE_NANOS) {
            toldAt = now;
            progress.say(told());
        }
        return count;
    }

    private String told() {
        String sent = String.format(Locale.ROOT, "  %.1f MB sent", bytes / MEGABYTE);
        return size.isPresent() && size.getAsLong() > 0
                ? "%s (%d %%)".formatted(sent, 100 * bytes / size.getAsLong())
                : sent;
    }
}
