package io.duckfleet.datanode.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a part of an array into a new file.
final class ChunkFile {

    private static final int WRITE_BYTES = 1 << 20;

    private ChunkFile() {}

    /// In pieces, as the channel copies each into a direct buffer that it keeps.
    static void write(Path file, byte[] bytes, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int written = 0;
            while (written < length) {
                int count = Math.min(WRITE_BYTES, length - written);
                written += channel.write(ByteBuffer.wrap(bytes, written, count));
            }
        }
    }
}
