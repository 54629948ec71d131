package io.duckfleet.generator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Records as JSON lines to be read: made as they are read, some at a time, however many they are. Not
/// thread-safe.
public final class GeneratedLines extends InputStream {

    private static final long AT_ONCE = 500;

    private final RecordGenerator generator;
    private long left;
    private byte[] chunk = new byte[0];
    private int position;

    public GeneratedLines(RecordGenerator generator, long count) {
        this.generator = generator;
        this.left = count;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(chunk[position++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    /// Whether there is something to read.
    private boolean fill() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        long count = Math.min(AT_ONCE, left);
        if (count == 0) {
            return false;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        generator.writeLines(lines, count);
        left -= count;
        chunk = lines.toByteArray();
        position = 0;
        return true;
    }
}
