package io.duckfleet.datanode.load;

import com.github.luben.zstd.ZstdInputStream;
import io.duckfleet.datanode.inflate.GzipStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// How a file is compressed, told by its first bytes: names lie.
enum Compression {
    NONE("", ""),
    GZIP(".gz", "\u001f\u008b"),
    ZSTD(".zst", "(\u00b5/\u00fd");

    /// Bytes that [#of(byte[])] wants to see, where the file has so many.
    static final int HEAD_BYTES = 4;

    private final String extension;
    /// The first bytes, each as the character of that number.
    private final String magic;

    Compression(String extension, String magic) {
        this.extension = extension;
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

    /// What names of such files end with.
    String extension() {
        return extension;
    }

    /// The plain bytes of a file that is compressed in any of these ways, or in none.
    static InputStream inflate(InputStream file) throws IOException {
        HeadedStream headed = HeadedStream.of(file, HEAD_BYTES);
        return of(headed.head()).plain(headed.whole());
    }

    /// The plain bytes of `compressed`; members or frames that follow one another are read as one.
    private InputStream plain(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GzipStream(compressed);
            case ZSTD -> new ZstdInputStream(compressed);
        };
    }
}
