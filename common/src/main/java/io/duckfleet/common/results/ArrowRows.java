package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBResultSet;

/// Rows as an Arrow IPC stream, in batches of [#BATCH_ROWS] rows that go over from DuckDB without a copy.
final class ArrowRows {

    private static final long BATCH_ROWS = 65_536;

    private ArrowRows() {}

    static long write(DuckDBResultSet rows, OutputStream out) throws SQLException, IOException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowReader reader = (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS);
                ArrowStreamWriter writer = new ArrowStreamWriter(
                        reader.getVectorSchemaRoot(), null, Channels.newChannel(new Unclosed(out)))) {
            long count = 0;
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
                count += reader.getVectorSchemaRoot().getRowCount();
            }
            writer.end();
            return count;
        }
    }

    /// Keeps the caller's stream open when the writer closes its channel.
    private static final class Unclosed extends OutputStream {

        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
