package io.duckfleet.datanode.load;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/// How a file is compressed, told by its first bytes: names lie.
enum Compression {
    NONE("none"),
    GZIP("gzip", 0x1f, 0x8b),
    ZSTD("zstd", 0x28, 0xb5, 0x2f, 0xfd);

    /// Bytes that [#of(byte[])] wants to see, where the file has so many.
    static final int HEAD_BYTES = 4;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String duckDbName;
    private final int[] magic;

    Compression(String duckDbName, int... magic) {
        this.duckDbName = duckDbName;
        this.magic = magic;
    }

    /// The compression of a file that starts with `head`.
    static Compression of(byte[] head) {
        if (GZIP.startsWithMagic(head)) {
            return GZIP;
        }
        return ZSTD.startsWithMagic(head) ? ZSTD : NONE;
    }

    /// The value of `read_csv`'s parameter `compression`.
    String duckDbName() {
        return duckDbName;
    }

    /// The plain bytes of a file that is compressed in any of these ways, or in none.
    static InputStream inflate(InputStream file) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(file, HEAD_BYTES);
        byte[] head = whole.readNBytes(HEAD_BYTES);
        whole.unread(head);
        return of(head).plain(whole);
    }

    /// The plain bytes of `compressed`; members or frames that follow one another are read as one.
    private InputStream plain(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GZIPInputStream(compressed, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(compressed);
        };
    }

    private boolean startsWithMagic(byte[] head) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
