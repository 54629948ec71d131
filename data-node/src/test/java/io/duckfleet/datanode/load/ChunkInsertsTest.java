package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChunkInsertsTest {

    /// It would be a table without these rows.
    @Test
    void doNotEndAsIfAllWereThereWhereTheLastChunkWaitsBehindOneThatDoesNotFit() throws InterruptedException {
        CountDownLatch isLastAdded = new CountDownLatch(1);
        try (ScratchDirectory scratch = ScratchDirectory.create("test");
                DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                ChunkInserts inserts = new ChunkInserts(database, scratch, LoadMeter.silent(), 1_000, 1)) {
            inserts.add(new FakeChunk(() -> {
                isLastAdded.await();
                throw new CsvMismatchException("made up");
            }));
            inserts.add(new FakeChunk(() -> session -> 1));
            isLastAdded.countDown();

            assertThatThrownBy(inserts::finish)
                    .isInstanceOf(CsvMismatchException.class)
                    .hasMessage("made up");
        }
    }

    /// A chunk that is prepared as the test says.
    private static final class FakeChunk implements Chunk {

        private final Preparation preparation;

        FakeChunk(Preparation preparation) {
            this.preparation = preparation;
        }

        @Override
        public ChunkReading.Insert prepare(Path file) {
            try {
                return preparation.prepare();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] buffer() {
            return new byte[0];
        }
    }

    @FunctionalInterface
    private interface Preparation {
        ChunkReading.Insert prepare() throws InterruptedException;
    }
}
