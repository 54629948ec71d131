package io.duckfleet.datanode.parse;

import java.util.List;
import java.util.Optional;

/// Parses chunks of one form, one after the other. For one thread.
public final class PlainParser {

    /// DuckDB refuses lines beyond two million bytes.
    private static final int LONGEST_LINE = 1_000_000;

    /// No byte equals it.
    private static final int NONE = Integer.MIN_VALUE;

    private static final long LINE_FEED = ByteSearch.pattern((byte) '\n');
    private static final long CARRIAGE_RETURN = ByteSearch.pattern((byte) '\r');

    private final PlainForm form;
    private final long delimiter;
    private final List<ColumnBuffer> buffers;
    private final ColumnBuffer[] columns;
    private int quote;

    public PlainParser(PlainForm form) {
        this.form = form;
        this.delimiter = ByteSearch.pattern(form.delimiter());
        this.buffers = form.columns().stream()
                .map(column -> new ColumnBuffer(column.type()))
                .toList();
        this.columns = buffers.toArray(ColumnBuffer[]::new);
    }

    /// The records from `from` to `to`, all of them whole; nothing if they aren't plain. The columns are good
    /// until the next call.
    public Optional<ParsedChunk> parse(byte[] bytes, int from, int to) {
        if (!PlainText.isPlain(bytes, from, to)) {
            return Optional.empty();
        }
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        quote = form.quote() >= 0 && ByteSearch.indexOf((byte) form.quote(), bytes, from, to) < to
                ? form.quote()
                : NONE;
        try {
            int position = from;
            while (position < to) {
                position = record(bytes, position, to);
            }
            return Optional.of(new ParsedChunk(form, buffers));
        } catch (NotPlainException e) {
            return Optional.empty();
        }
    }

    /// @return the beginning of the next record
    private int record(byte[] bytes, int begin, int to) throws NotPlainException {
        int position = begin;
        int last = columns.length - 1;
        for (int i = 0; i < last; i++) {
            int end = field(columns[i], bytes, position, to);
            if (end == to || bytes[end] != form.delimiter()) {
                throw new NotPlainException();
            }
            position = end + 1;
        }
        int end = field(columns[last], bytes, position, to);
        if (end == begin || end - begin > LONGEST_LINE) {
            throw new NotPlainException();
        }
        return afterLineEnd(bytes, end, to);
    }

    private int afterLineEnd(byte[] bytes, int end, int to) throws NotPlainException {
        if (end == to) {
            return to;
        }
        if (!form.endsWithCarriageReturn()) {
            if (bytes[end] != '\n') {
                throw new NotPlainException();
            }
            return end + 1;
        }
        if (bytes[end] != '\r' || end + 1 == to || bytes[end + 1] != '\n') {
            throw new NotPlainException();
        }
        return end + 2;
    }

    /// Adds a field, and gives where it ends: at a delimiter, a line's end, or `to`.
    private int field(ColumnBuffer column, byte[] bytes, int from, int to) throws NotPlainException {
        if (from < to && bytes[from] == quote) {
            return quoted(column, bytes, from + 1, to);
        }
        int end = ByteSearch.indexOfAny(delimiter, LINE_FEED, CARRIAGE_RETURN, bytes, from, to);
        if (quote != NONE && ByteSearch.indexOf((byte) quote, bytes, from, end) < end) {
            throw new NotPlainException();
        }
        column.add(bytes, from, end);
        return end;
    }

    /// A quoted value without quotes of its own; an empty one may be NULL or not, which is DuckDB's to say.
    private int quoted(ColumnBuffer column, byte[] bytes, int from, int to) throws NotPlainException {
        int close = ByteSearch.indexOf((byte) quote, bytes, from, to);
        int end = close + 1;
        boolean isPlain = close > from
                && close < to
                && (end == to || bytes[end] == form.delimiter() || bytes[end] == '\n' || bytes[end] == '\r');
        if (!isPlain) {
            throw new NotPlainException();
        }
        column.add(bytes, from, close);
        return end;
    }
}
