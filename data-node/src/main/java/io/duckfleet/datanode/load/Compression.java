package io.duckfleet.datanode.load;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/// How a file is compressed, told by its first bytes: names lie.
enum Compression {
    NONE("none", ""),
    GZIP("gzip", "\u001f\u008b"),
    ZSTD("zstd", "(\u00b5/\u00fd");

    /// Bytes that [#of(byte[])] wants to see, where the file has so many.
    static final int HEAD_BYTES = 4;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String duckDbName;
    /// The first bytes, each as the character of that number.
    private final String magic;

    Compression(String duckDbName, String magic) {
        this.duckDbName = duckDbName;
        this.magic = magic;
    }

    /// The compression of a file that starts with `head`.
    static Compression of(byte[] head) {
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        if (bytes.startsWith(GZIP.magic)) {
            return GZIP;
        }
        return bytes.startsWith(ZSTD.magic) ? ZSTD : NONE;
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
}
