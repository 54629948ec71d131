package io.duckfleet.benchmarks.ingest;

import io.duckfleet.generator.RecordGenerator;
import io.duckfleet.generator.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The generator's user records as bodies of requests, the same for the same seed.
public final class UserRecords {

    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordGenerator generator;

    public UserRecords(long seed) {
        generator = RecordGenerator.of(RecordKind.USER, seed, UNTIL);
    }

    /// The body of `POST /ingest` for `count` records.
    byte[] envelope(String table, int count) {
        return bytes(out -> {
            out.write("{\"table_name\":\"%s\",\"records\":".formatted(table).getBytes(StandardCharsets.UTF_8));
            generator.writeArray(out, count);
            out.write('}');
        });
    }

    /// `count` records as JSON lines.
    public byte[] lines(int count) {
        return bytes(out -> generator.writeLines(out, count));
    }

    /// `count` records as a JSON array.
    byte[] array(int count) {
        return bytes(out -> generator.writeArray(out, count));
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writing {
        void to(ByteArrayOutputStream bytes) throws IOException;
    }
}
