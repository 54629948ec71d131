package io.duckfleet.datanode.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Tells a file's format by its content, and by its name where the content leaves it open. Names lie more
/// often than bytes.
final class FormatDetection {

    /// The bytes of a file's head that are enough.
    static final int HEAD_BYTES = 1 << 16;

    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    private FormatDetection() {}

    /// The format of a file that begins with `head` (still compressed, if it is) and is called `name`.
    static FileFormat of(byte[] head, String name) {
        if (startsWith(head, PARQUET)) {
            return FileFormat.PARQUET;
        }
        byte[] plain = plain(head);
        if (startsWith(plain, PARQUET)) {
            throw new LoadException(
                    "%s is Parquet within a compressed file, which can't be read in parts; store it as it is"
                            .formatted(name));
        }
        return switch (json(plain, head.length >= HEAD_BYTES || plain.length >= HEAD_BYTES)) {
            case YES -> FileFormat.JSON;
            case NO -> FileFormat.CSV;
            case OPEN -> isNamedJson(name) ? FileFormat.JSON : FileFormat.CSV;
        };
    }

    /// As much as the head gives: it ends in the middle.
    private static byte[] plain(byte[] head) {
        byte[] plain = new byte[HEAD_BYTES];
        int filled = 0;
        try (InputStream inflated = Compression.inflate(new ByteArrayInputStream(head))) {
            int count = inflated.read(plain, 0, plain.length);
            while (count > 0) {
                filled += count;
                count = inflated.read(plain, filled, plain.length - filled);
            }
        } catch (IOException e) {
            // The head's end, or a broken file, which the load will tell.
        }
        return Arrays.copyOf(plain, filled);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static boolean isNamedJson(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd)$", "");
        return lower.endsWith(".json") || lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
    }

    private enum Answer {
        YES,
        NO,
        OPEN
    }

    /// Objects, one after the other or in an array, are JSON; a first line such as `{"a":1},x` is not. Other
    /// values (numbers, texts) may be either, and so may be what is broken.
    private static Answer json(byte[] plain, boolean isCut) {
        try (JsonParser parser = JSON.createParser(plain)) {
            JsonToken first = firstToken(parser);
            return switch (first) {
                case START_OBJECT -> objects(parser, isCut);
                case START_ARRAY -> array(parser, isCut);
                case NOT_AVAILABLE -> Answer.NO;
                default -> Answer.OPEN;
            };
        } catch (IOException e) {
            return Answer.OPEN;
        }
    }

    private static JsonToken firstToken(JsonParser parser) {
        try {
            JsonToken token = parser.nextToken();
            return token == null ? JsonToken.NOT_AVAILABLE : token;
        } catch (IOException e) {
            return JsonToken.NOT_AVAILABLE;
        }
    }

    private static Answer objects(JsonParser parser, boolean isCut) throws IOException {
        try {
            parser.skipChildren();
            JsonToken next = parser.nextToken();
            return next == null || next == JsonToken.START_OBJECT ? Answer.YES : Answer.NO;
        } catch (JsonEOFException e) {
            return isCut ? Answer.YES : Answer.OPEN;
        }
    }

    private static Answer array(JsonParser parser, boolean isCut) throws IOException {
        try {
            return parser.nextToken() == JsonToken.START_OBJECT ? Answer.YES : Answer.OPEN;
        } catch (JsonEOFException e) {
            return isCut ? Answer.YES : Answer.OPEN;
        }
    }
}
