package io.duckfleet.benchmarks.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The least that a durable record costs: appended to a file and forced to the disk, one after the other.
final class AppendLoop {

    private AppendLoop() {}

    static void run(Path file, byte[] record, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(record);
            for (int i = 0; i < count; i++) {
                channel.write(bytes.rewind());
                channel.force(false);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
