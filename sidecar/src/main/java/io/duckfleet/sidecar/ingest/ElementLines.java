package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A JSON array as JSON lines, byte by byte, so that an array of any length is read like lines: brackets
/// around it go, commas between its elements become line ends, line ends within an element become blanks.
/// What is wrong within an element is left to whoever reads the lines; what is wrong around them is told
/// here.
final class ElementLines extends FilterInputStream {

    private static final int BUFFER = 64 * 1024;

    private enum Place {
        BEFORE,
        INSIDE,
        BEHIND
    }

    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int next;
    private Place place = Place.BEFORE;
    private int depth;
    private boolean text;
    private boolean escaped;
    private boolean elementBegun;
    private boolean commaSeen;

    ElementLines(InputStream array) {
        super(array);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// @throws FleetException `invalid_request` where it is no array
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == filled) {
            filled = super.read(buffer, 0, buffer.length);
            next = 0;
            if (filled < 0) {
                filled = 0;
                checkEnded();
                return -1;
            }
        }
        int count = Math.min(length, filled - next);
        for (int i = 0; i < count; i++) {
            target[offset + i] = translated(buffer[next++]);
        }
        return count;
    }

    private void checkEnded() {
        if (place != Place.BEHIND) {
            throw FleetException.invalid("file", "is a JSON array that ends too early; send it again, whole");
        }
    }

    private byte translated(byte b) {
        if (text) {
            insideText(b);
            return b;
        }
        if (b == '\n' || b == '\r' || b == ' ' || b == '\t') {
            return ' ';
        }
        return switch (place) {
            case BEFORE -> {
                place = Place.INSIDE;
                yield ' ';
            }
            case INSIDE -> inside(b);
            case BEHIND -> throw FleetException.invalid("file", "has something behind its JSON array");
        };
    }

    private void insideText(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            text = false;
        }
    }

    private byte inside(byte b) {
        if (depth == 0 && b == ',') {
            checkElement();
            commaSeen = true;
            elementBegun = false;
            return '\n';
        }
        if (depth == 0 && b == ']') {
            if (commaSeen) {
                checkElement();
            }
            place = Place.BEHIND;
            return '\n';
        }
        elementBegun = true;
        text = b == '"';
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
        if (depth < 0) {
            throw FleetException.invalid("file", "is no JSON array: it has a closing brace too many");
        }
        return b;
    }

    private void checkElement() {
        if (!elementBegun) {
            throw FleetException.invalid("file", "is no JSON array: an element is missing before or behind a comma");
        }
    }
}
