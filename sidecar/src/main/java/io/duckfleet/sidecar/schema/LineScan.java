package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.duckfleet.common.http.BrokenJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/// Scans a piece of JSON lines: one record a line, blank lines don't count. A line that is no JSON is a
/// rejected record like any other. Numbers of records and lines are told from 0 on, until it is known what
/// was before the piece.
public final class LineScan {

    private static final int SHOWN_LENGTH = 200;

    private final byte[] body;
    private final int length;
    private final ScanRules rules;
    private final Offsets offsets = new Offsets();
    private final List<RejectedLine> rejected = new ArrayList<>();
    private final ObjectShape shape = new ObjectShape();
    private final boolean checkUtf8;
    private int lines;

    private LineScan(byte[] body, int length, ScanRules rules) {
        this.body = body;
        this.length = length;
        this.rules = rules;
        this.checkUtf8 = !isUtf8(0, length);
    }

    /// A line that can't be taken, with its text.
    public record RejectedLine(RejectedRecord record, String text) {}

    /// What was found: `lines` counts the blank ones, too, `records` the rejected ones.
    public record Result(Span span, ObjectShape shape, int records, int lines, List<RejectedLine> rejected) {

        /// The chunk, once it is known that `before` records come before it.
        public Chunk chunk(int before) {
            return Chunk.inMemory(numbered(before), shape);
        }

        private Span numbered(int before) {
            int[] starts = new int[span.count()];
            int[] ends = new int[span.count()];
            int[] indexes = new int[span.count()];
            for (int i = 0; i < span.count(); i++) {
                starts[i] = span.start(i);
                ends[i] = span.end(i);
                indexes[i] = before + span.index(i);
            }
            return new Span(span.body(), starts, ends, indexes);
        }

        /// The rejected lines, with `before` records and `linesBefore` lines before them.
        public List<RejectedLine> rejected(int before, long linesBefore) {
            return rejected.stream()
                    .map(line -> new RejectedLine(moved(line.record(), before, linesBefore), line.text()))
                    .toList();
        }

        private static RejectedRecord moved(RejectedRecord record, int before, long linesBefore) {
            return new RejectedRecord(
                    before + record.index(),
                    OptionalLong.of(linesBefore + record.line().orElse(0)),
                    record.field(),
                    record.reason());
        }
    }

    /// Scans the first `length` bytes of `body`.
    public static Result scan(byte[] body, int length, ScanRules rules) {
        LineScan scan = new LineScan(body, length, rules);
        scan.run();
        return scan.result();
    }

    private void run() {
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && body[end] != '\n') {
                end++;
            }
            lines++;
            line(start, end);
            start = end + 1;
        }
    }

    private void line(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(body[start])) {
            start++;
        }
        while (start < end && isBlank(body[end - 1])) {
            end--;
        }
        if (start == end) {
            return;
        }
        int index = offsets.size();
        offsets.add(start, end);
        try {
            record(start, end);
        } catch (RecordProblem problem) {
            RejectedRecord record =
                    new RejectedRecord(index, OptionalLong.of(lines), problem.field(), problem.reason());
            rejected.add(new RejectedLine(record, new String(body, start, end - start, StandardCharsets.UTF_8)));
        }
    }

    private void record(int start, int end) {
        rules.checkSize(end - start);
        if (checkUtf8 && !isUtf8(start, end - start)) {
            throw new RecordProblem("", "the line is no valid UTF-8");
        }
        try (JsonParser parser = JsonFactories.parser(body, start, end - start)) {
            parser.nextToken();
            new RecordScanner(parser, rules).scan(shape);
            if (parser.nextToken() != null) {
                throw new RecordProblem("", "the line has something behind its JSON object");
            }
        } catch (JsonProcessingException e) {
            String message = BrokenJson.reason(e);
            throw new RecordProblem(
                    "", "the line is no JSON: " + message.substring(0, Math.min(message.length(), SHOWN_LENGTH)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUtf8(int start, int count) {
        if (isAscii(start, count)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, count));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean isAscii(int start, int count) {
        int signs = 0;
        for (int i = start; i < start + count; i++) {
            signs |= body[i];
        }
        return signs >= 0;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private Result result() {
        Span all = Span.numbered(body, offsets.starts(), offsets.ends(), 0);
        if (rejected.isEmpty()) {
            return new Result(all, shape, all.count(), lines, List.of());
        }
        BitSet out = new BitSet();
        rejected.forEach(line -> out.set(line.record().index()));
        Span kept = all.without(out);
        return new Result(kept, kept.shapeOf(0, kept.count()), all.count(), lines, List.copyOf(rejected));
    }
}
