package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.datanode.parse.ParsedChunk;
import io.duckfleet.datanode.parse.PlainForm;
import io.duckfleet.datanode.parse.PlainParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// How one object's chunks become rows: parsed by us as long as all of them are plain, and from the first on
/// that isn't by DuckDB, from a file (docs/decisions/012). Thread-safe.
final class ChunkReading {

    private static final String VIEW = "parsed chunk";

    private final CsvTable table;
    private final ObjectVersion object;
    private final CsvDialect dialect;
    private final CanonicalValues values;
    private final Optional<PlainForm> form;
    private final Queue<PlainParser> parsers = new ConcurrentLinkedQueue<>();
    private volatile boolean isPlain;

    ChunkReading(CsvTable table, ObjectVersion object, CsvDialect dialect, ReadOptions options) {
        this.table = table;
        this.object = object;
        this.dialect = dialect;
        this.values = CanonicalValues.of(dialect, options);
        this.form = PlainDialect.formOf(dialect);
        this.isPlain = form.isPresent();
    }

    /// What inserts a chunk, once.
    @FunctionalInterface
    interface Insert {
        /// Inserts it, and tells how many rows that were.
        long into(Session session);
    }

    /// Looks at all values of the first `length` bytes, which may be overwritten afterwards; `file` may be
    /// made.
    ///
    /// @param isFirst whether these are the object's first records, with a header where it has one
    /// @throws CsvMismatchException if there is a value that the columns' types would bend
    Insert prepare(byte[] bytes, int length, boolean isFirst, Path file) throws IOException {
        int from = isFirst ? HeaderLines.end(dialect, bytes, length) : 0;
        if (isPlain && form.isPresent() && (!isFirst || PlainDialect.isPlainHeader(dialect, bytes, from))) {
            PlainParser parser = parser(form.orElseThrow());
            Optional<ParsedChunk> parsed = parser.parse(bytes, from, length);
            if (parsed.isPresent()) {
                return session -> insert(session, parser, parsed.orElseThrow());
            }
            isPlain = false;
        }
        values.require(bytes, from, length);
        ChunkFile.write(file, bytes, length);
        String read = isFirst ? dialect.readFirst(file) : dialect.readLater(file);
        return session -> session.update(table.insert(object, dialect, read));
    }

    private PlainParser parser(PlainForm plain) {
        PlainParser idle = parsers.poll();
        return idle == null ? new PlainParser(plain) : idle;
    }

    private long insert(Session session, PlainParser parser, ParsedChunk chunk) {
        String statement = table.insert(object, dialect, Identifiers.quote(VIEW));
        long rows = chunk.update(session, VIEW, statement);
        parsers.add(parser);
        return rows;
    }
}
