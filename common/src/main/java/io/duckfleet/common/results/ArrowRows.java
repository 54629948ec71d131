package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/// Rows as an Arrow IPC stream; a batch goes over from DuckDB without a copy.
final class ArrowRows {

    private static final long BATCH_ROWS = 65_536;

    private ArrowRows() {}

    /// Dictionaries (ENUMs have them) are those of the first batch: a column's are the same in all.
    static long write(ResultRows rows, OutputStream out) throws SQLException, IOException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowReader first = reader(rows, allocator);
                VectorSchemaRoot sent = VectorSchemaRoot.create(schema(first), allocator)) {
            boolean loaded = first.loadNextBatch();
            try (ArrowStreamWriter writer = new ArrowStreamWriter(sent, first, Channels.newChannel(out))) {
                writer.start();
                long count = loaded ? writeAll(first, sent, writer) : 0;
                while (rows.nextBatch()) {
                    count += writeNext(rows, allocator, sent, writer);
                }
                rows.requireAll(count);
                writer.end();
                return count;
            }
        }
    }

    private static long writeNext(
            ResultRows rows, BufferAllocator allocator, VectorSchemaRoot sent, ArrowStreamWriter writer)
            throws SQLException, IOException {
        try (ArrowReader next = reader(rows, allocator)) {
            return next.loadNextBatch() ? writeAll(next, sent, writer) : 0;
        }
    }

    /// Writes the batch that `reader` has loaded, and those after it.
    private static long writeAll(ArrowReader reader, VectorSchemaRoot sent, ArrowStreamWriter writer)
            throws IOException {
        VectorLoader loader = new VectorLoader(sent);
        long count = 0;
        do {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            try (ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch()) {
                loader.load(buffers);
                writer.writeBatch();
            }
            count += batch.getRowCount();
        } while (reader.loadNextBatch());
        return count;
    }

    private static ArrowReader reader(ResultRows rows, BufferAllocator allocator) throws SQLException {
        return (ArrowReader) rows.batch().rows().arrowExportStream(allocator, BATCH_ROWS);
    }

    private static Schema schema(ArrowReader reader) throws IOException {
        return reader.getVectorSchemaRoot().getSchema();
    }
}
