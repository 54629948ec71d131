package io.duckfleet.datanode.inflate;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/// The plain bytes of gzip members that follow one another. What comes after the last one and is none is left
/// alone, as gzip does. For one reader.
public final class GzipStream extends InputStream {

    private static final int HISTORY = 1 << 15;
    private static final int ROOM = 1 << 17;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_REST = 6;
    private static final int FLAG_CHECKSUM = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final long UNSIGNED = 0xffffffffL;

    private final InputStream source;
    private final BitInput input;
    private final DeflateStream deflate;
    private final CRC32 checksum = new CRC32();
    private final byte[] window = new byte[HISTORY + ROOM + DeflateLoop.SLACK];
    private int delivered;
    private int filled;
    private int floor;
    private long memberBytes;
    private boolean atEnd;

    /// @throws ZipException if `source` doesn't begin with a gzip header
    public GzipStream(InputStream source) throws IOException {
        this.source = source;
        this.input = new BitInput(source);
        this.deflate = new DeflateStream(input);
        if (!openMember()) {
            throw new ZipException("not in gzip format");
        }
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? window[delivered++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, filled - delivered);
        System.arraycopy(window, delivered, target, offset, count);
        delivered += count;
        return count;
    }

    @Override
    public int available() {
        return filled - delivered;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean hasMore() throws IOException {
        while (delivered == filled && !atEnd) {
            if (deflate.hasEnded()) {
                closeMember();
                atEnd = !openMember();
            } else {
                inflateMore();
            }
        }
        return delivered < filled;
    }

    private void inflateMore() throws IOException {
        if (filled >= HISTORY + ROOM / 2) {
            int shift = filled - HISTORY;
            System.arraycopy(window, shift, window, 0, HISTORY);
            floor = Math.max(0, floor - shift);
            filled = HISTORY;
            delivered = HISTORY;
        }
        int end = deflate.inflate(window, filled, HISTORY + ROOM, floor);
        checksum.update(window, filled, end - filled);
        memberBytes += end - filled;
        filled = end;
    }

    /// Reads a member's header (RFC 1952, section 2.3), if one follows.
    private boolean openMember() throws IOException {
        if (!input.hasMore() || input.take(Byte.SIZE) != MAGIC_1 || input.take(Byte.SIZE) != MAGIC_2) {
            return false;
        }
        if (input.take(Byte.SIZE) != DEFLATE) {
            throw new ZipException("gzip with an unknown method of compression");
        }
        readHeader(input.take(Byte.SIZE));
        input.requireNotBeyondEnd();
        input.alignToByte();
        deflate.begin();
        checksum.reset();
        memberBytes = 0;
        floor = filled;
        return true;
    }

    private void readHeader(int flags) throws IOException {
        skip(HEADER_REST);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(input.take(Short.SIZE));
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            input.take(Byte.SIZE);
        }
    }

    private void skipText() throws IOException {
        int read = input.take(Byte.SIZE);
        while (read != 0) {
            input.requireNotBeyondEnd();
            read = input.take(Byte.SIZE);
        }
    }

    /// Checks the member's trailer.
    private void closeMember() throws IOException {
        input.alignToByte();
        long expectedChecksum = number();
        long expectedBytes = number();
        input.requireNotBeyondEnd();
        input.alignToByte();
        if (expectedChecksum != checksum.getValue()) {
            throw new ZipException("the checksum is wrong");
        }
        if (expectedBytes != (memberBytes & UNSIGNED)) {
            throw new ZipException("%d bytes came, %d were promised".formatted(memberBytes & UNSIGNED, expectedBytes));
        }
    }

    private long number() throws IOException {
        int low = input.take(Short.SIZE);
        return low | (long) input.take(Short.SIZE) << Short.SIZE;
    }
}
