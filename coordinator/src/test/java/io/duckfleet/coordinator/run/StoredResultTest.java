package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredResultTest {

    @TempDir
    Path folder;

    /// A result of this text; it fails if that is empty.
    private record Text(String text) implements ReadyResult {

        @Override
        public ResultFormat format() {
            return ResultFormat.ARROW;
        }

        @Override
        public long rows() {
            return 3;
        }

        @Override
        public long writeTo(OutputStream out) throws IOException {
            if (text.isEmpty()) {
                throw new IOException("broken");
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return rows();
        }

        @Override
        public void close() {}
    }

    @Test
    void isReadByManyEvenWhenTheFileIsGone() throws IOException {
        String text = "grüße ".repeat(50_000);
        ReadyResult first;
        ReadyResult second;
        try (StoredResult stored = StoredResult.write(new Text(text), folder.resolve("r"))) {
            first = stored.open();
            second = stored.open();
        }

        assertThat(folder).isEmptyDirectory();
        try (first;
                second) {
            assertThat(written(second)).isEqualTo(text);
            assertThat(written(first)).isEqualTo(text);
            assertThat(first.rows()).isEqualTo(3);
            assertThat(first.format()).isEqualTo(ResultFormat.ARROW);
        }
    }

    private static String written(ReadyResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(result.writeTo(out)).isEqualTo(3);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        Path file = folder.resolve("r");

        assertThatThrownBy(() -> StoredResult.write(new Text(""), file)).isInstanceOf(UncheckedIOException.class);
        assertThat(Files.exists(file)).isFalse();
    }
}
