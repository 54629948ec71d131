package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.DuckDbErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/// Rows of one statement's worth of JSON, as Arrow: what has come out of staging, and not yet gone into the
/// lake. `values` tells how many values each column has, `days` how many rows each partition. Holds memory
/// outside of the heap until it is closed.
record StagedRows(
        Schema schema, List<ArrowRecordBatch> batches, long bytes, Map<String, Long> values, Map<LocalDate, Long> days)
        implements AutoCloseable {

    private static final long BATCH_ROWS = 1L << 20;

    /// Takes all rows of `cursor`, which were made of `bytes` bytes of JSON; `columns` are those whose values
    /// are counted, `day` is the column of the partition.
    static StagedRows of(Cursor cursor, long bytes, List<String> columns, String day, BufferAllocator allocator) {
        List<ArrowRecordBatch> batches = new ArrayList<>();
        Map<String, Long> values = new HashMap<>();
        Map<LocalDate, Long> days = new TreeMap<>();
        try (ArrowReader reader = (ArrowReader) cursor.rows().arrowExportStream(allocator, BATCH_ROWS)) {
            VectorSchemaRoot rows = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                countValues(rows, columns, values);
                countDays(rows, day, days);
                batches.add(new VectorUnloader(rows).getRecordBatch());
            }
            return new StagedRows(rows.getSchema(), batches, bytes, values, days);
        } catch (SQLException e) {
            batches.forEach(ArrowRecordBatch::close);
            throw DuckDbErrors.translate(e);
        } catch (IOException e) {
            batches.forEach(ArrowRecordBatch::close);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            batches.forEach(ArrowRecordBatch::close);
            throw e;
        }
    }

    private static void countValues(VectorSchemaRoot rows, List<String> columns, Map<String, Long> values) {
        for (String column : columns) {
            int nulls = rows.getVector(column).getNullCount();
            values.merge(column, (long) rows.getRowCount() - nulls, Long::sum);
        }
    }

    private static void countDays(VectorSchemaRoot rows, String column, Map<LocalDate, Long> days) {
        DateDayVector vector = (DateDayVector) rows.getVector(column);
        int from = 0;
        for (int i = 1; i <= rows.getRowCount(); i++) {
            if (i == rows.getRowCount() || vector.get(i) != vector.get(from)) {
                days.merge(LocalDate.ofEpochDay(vector.get(from)), (long) i - from, Long::sum);
                from = i;
            }
        }
    }

    @Override
    public void close() {
        batches.forEach(ArrowRecordBatch::close);
    }
}
