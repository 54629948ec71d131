package io.duckfleet.sidecar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.github.luben.zstd.ZstdInputStream;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.JsonFactories;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// Reads files of all forms as JSON lines: JSON lines themselves, a JSON array, one object, CSV and Parquet;
/// compressed with gzip or Zstandard, too. The form is found by content first, then by name.
public final class IngestFiles {

    private static final int LOOK = 256 * 1024;

    private final FileConversion conversion;
    private final Spool spool;

    public IngestFiles(FileConversion conversion, Spool spool) {
        this.conversion = conversion;
        this.spool = spool;
    }

    /// Gives the file's records as JSON lines to `reader`. JSON is read as it comes, CSV and Parquet when the
    /// whole file is there.
    ///
    /// @throws FleetException `invalid_request` if it is none of these forms, or broken
    <T> T read(UploadedFile file, Function<RecordLines, T> reader) {
        try {
            BufferedInputStream raw = new BufferedInputStream(file.content(), LOOK);
            raw.mark(LOOK);
            byte[] head = raw.readNBytes(LOOK);
            raw.reset();
            if (isParquet(head)) {
                return spool.withContent(raw, path -> conversion.ofParquet(path, reader));
            }
            byte[] content = decodedHead(head);
            if (content.length == 0) {
                throw FleetException.invalid("file", "is empty; at least one record was expected");
            }
            if (isCsv(content, file.name())) {
                return spool.withContent(raw, path -> conversion.ofCsv(path, compression(head), reader));
            }
            return reader.apply(lines(decoded(raw, head), content, file.name()));
        } catch (IOException e) {
            throw FleetException.invalid("file", "is broken: its compression can't be read");
        }
    }

    private static String compression(byte[] head) {
        return isGzip(head) ? "gzip" : isZstd(head) ? "zstd" : "none";
    }

    private static RecordLines lines(InputStream decoded, byte[] content, String name) {
        return switch (first(content)) {
            case '[' -> new RecordLines(new ElementLines(decoded), false);
            case '{' -> isOneObject(content) ? asOneElement(decoded) : new RecordLines(decoded, true);
            default ->
                throw FleetException.invalid(
                        "file",
                        "\"%s\" is neither JSON nor CSV nor Parquet; name a CSV file .csv".formatted(shown(name)));
        };
    }

    /// An object over several lines: read as an array of one.
    private static RecordLines asOneElement(InputStream object) {
        InputStream array = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(new byte[] {'['}), object),
                new ByteArrayInputStream(new byte[] {']'}));
        return new RecordLines(new ElementLines(array), false);
    }

    /// Whether the first line holds no whole object: then it is one that is written over several lines. (A
    /// broken first line of JSON lines looks the same only if no other object follows.)
    private static boolean isOneObject(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return !isObject(content, 0, end) && !hasObjectLine(content, end + 1);
    }

    private static boolean hasObjectLine(byte[] content, int from) {
        int start = from;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (content[start] == '{' && end < content.length && isObject(content, start, end)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean isObject(byte[] content, int from, int to) {
        try (JsonParser parser = JsonFactories.parser(content, from, to - from)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentToken() != null && parser.currentToken().isStructEnd() && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isCsv(byte[] content, String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd)$", "");
        boolean named = plain.endsWith(".csv") || plain.endsWith(".tsv") || plain.endsWith(".txt");
        return named && first(content) != '{' && first(content) != '[';
    }

    private static int first(byte[] content) {
        int i = isByteOrderMark(content) ? 3 : 0;
        while (i < content.length && content[i] <= ' ' && content[i] >= 0) {
            i++;
        }
        return i < content.length ? content[i] : -1;
    }

    private static boolean isByteOrderMark(byte[] content) {
        return content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
    }

    /// What the head holds, as far as it can be told without what follows it.
    private static byte[] decodedHead(byte[] head) throws IOException {
        byte[] content = new byte[LOOK];
        int filled = 0;
        try (InputStream decoded = decoded(new ByteArrayInputStream(head), head)) {
            if (decoded instanceof ZstdInputStream zstd) {
                zstd.setContinuous(true);
            }
            int count = decoded.read(content);
            while (count > 0) {
                filled += count;
                count = decoded.read(content, filled, LOOK - filled);
            }
        } catch (EOFException e) {
            // The head ends within what is compressed.
        }
        return Arrays.copyOf(content, filled);
    }

    private static InputStream decoded(InputStream file, byte[] head) throws IOException {
        return isGzip(head) ? new GZIPInputStream(file, LOOK) : isZstd(head) ? new ZstdInputStream(file) : file;
    }

    private static boolean isGzip(byte[] head) {
        return head.length > 1 && head[0] == 0x1F && head[1] == (byte) 0x8B;
    }

    private static boolean isZstd(byte[] head) {
        return head.length > 3
                && head[0] == 0x28
                && head[1] == (byte) 0xB5
                && head[2] == 0x2F
                && head[3] == (byte) 0xFD;
    }

    private static boolean isParquet(byte[] head) {
        return head.length > 3 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1';
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 80)).replaceAll("\\p{Cntrl}", "?");
    }

    static FleetException unreadable(String what, String reason) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST, "the file is no %s that can be read: %s".formatted(what, reason));
    }
}
