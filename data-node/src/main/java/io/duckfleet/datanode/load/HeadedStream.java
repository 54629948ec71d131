package io.duckfleet.datanode.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/// A stream whose first bytes were looked at.
final class HeadedStream {

    private final byte[] head;
    private final InputStream whole;

    private HeadedStream(byte[] head, InputStream whole) {
        this.head = head;
        this.whole = whole;
    }

    static HeadedStream of(InputStream stream, int headBytes) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(stream, headBytes);
        byte[] head = whole.readNBytes(headBytes);
        whole.unread(head);
        return new HeadedStream(head, whole);
    }

    byte[] head() {
        return head;
    }

    /// All bytes, the first ones again.
    InputStream whole() {
        return whole;
    }
}
