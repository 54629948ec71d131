package io.duckfleet.sidecar.ingest;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The parts of a `multipart/form-data` body while it comes (RFC 7578; RFC 2046, 5.1). A part is read, or
/// skipped, before the next one is there. For one thread.
final class FormParts {

    private static final int BUFFER_BYTES = 128 * 1024;

    /// The longest file name of usual file systems, each byte escaped, fits into it.
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private static final int MAX_BOUNDARY_LENGTH = 256;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    /// Up to here the buffer holds the part's content for sure; a delimiter is next if `delimited`.
    private int contentTo;

    private boolean delimited;
    private boolean ended;

    private FormParts(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may be the first of all.
        System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
        this.to = LINE_END.length;
    }

    /// A part: the field's name, the file's name if there is one, and what it holds.
    record Part(String name, Optional<String> fileName, InputStream content) {}

    /// The parts of `body`.
    ///
    /// @throws IOException if `contentType` is none of a multipart form
    static FormParts of(String contentType, InputStream body) throws IOException {
        String boundary;
        try {
            boundary = MediaType.valueOf(contentType).getParameters().get("boundary");
        } catch (IllegalArgumentException e) {
            throw new IOException("the content's type can't be read", e);
        }
        if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_LENGTH) {
            throw new IOException("the content's type has no boundary");
        }
        return new FormParts(body, boundary);
    }

    /// The next part that has a name; none at the form's end. What is left of the part before is skipped.
    ///
    /// @throws IOException if the body breaks off, or is no multipart form
    Optional<Part> next() throws IOException {
        while (!ended) {
            skipContent();
            from += delimiter.length;
            contentTo = from;
            delimited = false;
            String rest = line();
            if (rest.startsWith("--")) {
                ended = true;
            } else if (!rest.isBlank()) {
                throw new IOException("something follows a boundary on its line");
            } else {
                Optional<Part> part = part(head());
                if (part.isPresent()) {
                    return part;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Part> part(PartHead head) {
        contentTo = from;
        return head.name().map(name -> new Part(name, head.fileName(), new Content()));
    }

    /// Reads a part's headers, and the empty line behind them.
    private PartHead head() throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            length += line.length();
            if (length > MAX_HEADER_BYTES) {
                throw new IOException("a part's headers have more than %d bytes".formatted(MAX_HEADER_BYTES));
            }
            lines.add(line);
        }
        return PartHead.of(lines);
    }

    /// The text up to the line's end, which is read, too; at the form's very end the line may lack it.
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() <= MAX_HEADER_BYTES) {
            if (from == to && !fill()) {
                String last = line.toString(StandardCharsets.UTF_8);
                if (last.startsWith("--")) {
                    return last;
                }
                throw new EOFException("the body ends within the head of a part");
            }
            byte next = buffer[from++];
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        throw new IOException("a line of a part's headers has more than %d bytes".formatted(MAX_HEADER_BYTES));
    }

    private void skipContent() throws IOException {
        while (hasContent()) {
            from = contentTo;
        }
    }

    /// Whether the part has more content, of which some is in the buffer then.
    private boolean hasContent() throws IOException {
        while (from == contentTo && !delimited) {
            scan();
            if (from == contentTo && !delimited && !fill()) {
                throw new EOFException("the body ends within a part");
            }
        }
        return from < contentTo;
    }

    /// Looks for the delimiter in what is in the buffer.
    private void scan() {
        int lastStart = to - delimiter.length;
        int i = contentTo;
        while (i < to && !delimited) {
            while (i < to && buffer[i] != '\r') {
                i++;
            }
            if (i > lastStart) {
                break;
            }
            delimited = Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length);
            i += delimited ? 0 : 1;
        }
        contentTo = i;
    }

    /// Reads more; false at the body's end.
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        contentTo -= from;
        to -= from;
        from = 0;
        int count = body.read(buffer, to, buffer.length - to);
        to += Math.max(count, 0);
        return count >= 0;
    }

    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            return hasContent() ? Byte.toUnsignedInt(buffer[from++]) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!hasContent()) {
                return -1;
            }
            int count = Math.min(length, contentTo - from);
            System.arraycopy(buffer, from, target, offset, count);
            from += count;
            return count;
        }
    }
}
