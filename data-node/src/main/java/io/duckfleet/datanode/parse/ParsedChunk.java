package io.duckfleet.datanode.parse;

import io.duckfleet.common.duckdb.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// A chunk's columns, which a session can read once, as if they were a table.
public final class ParsedChunk {

    private final PlainForm form;
    private final List<ColumnBuffer> columns;

    ParsedChunk(PlainForm form, List<ColumnBuffer> columns) {
        this.form = form;
        this.columns = List.copyOf(columns);
    }

    public int rows() {
        return columns.getFirst().rows();
    }

    /// Runs `statement`, which may read the columns from the view `view` of the session once, and tells how
    /// many rows it changed.
    public long update(Session session, String view, String statement) {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, new OneBatch(allocator), stream);
            return update(session, stream, view, statement);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB doesn't take parsed columns", e);
        }
    }

    /// A stream that was read has been released by its reader; releasing it again does nothing.
    private static long update(Session session, ArrowArrayStream stream, String view, String statement)
            throws SQLException {
        try {
            session.connection().registerArrowStream(view, stream);
            return session.update(statement);
        } finally {
            stream.release();
        }
    }

    private Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (PlainForm.PlainColumn column : form.columns()) {
            fields.add(new Field(column.name(), FieldType.nullable(column.type().arrow()), null));
        }
        return new Schema(fields);
    }

    private ArrowRecordBatch batch(BufferAllocator allocator) {
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        for (ColumnBuffer column : columns) {
            nodes.add(new ArrowFieldNode(column.rows(), column.nulls()));
            buffers.add(copy(allocator, column.present(), column.presentBytes(), 0));
            if (column.type == PlainType.VARCHAR) {
                buffers.add(copy(allocator, column.values(), column.valueBytes(), Integer.BYTES));
                buffers.add(copy(allocator, column.text(), column.textBytes(), 0));
            } else {
                buffers.add(copy(allocator, column.values(), column.valueBytes(), 0));
            }
        }
        ArrowRecordBatch batch = new ArrowRecordBatch(rows(), nodes, buffers);
        buffers.forEach(ArrowBuf::close);
        return batch;
    }

    /// A copy outside the heap, with `zeros` before it.
    private static ArrowBuf copy(BufferAllocator allocator, byte[] bytes, int length, int zeros) {
        ArrowBuf buffer = allocator.buffer(Math.max(1, zeros + (long) length));
        buffer.setZero(0, zeros);
        buffer.setBytes(zeros, bytes, 0, length);
        buffer.writerIndex(zeros + (long) length);
        return buffer;
    }

    /// A stream of one batch.
    private final class OneBatch extends ArrowReader {

        private boolean isRead;

        OneBatch(BufferAllocator allocator) {
            super(allocator);
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            if (isRead) {
                return false;
            }
            isRead = true;
            loadRecordBatch(batch(allocator));
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {
            // There is none.
        }

        @Override
        protected Schema readSchema() {
            return schema();
        }
    }
}
