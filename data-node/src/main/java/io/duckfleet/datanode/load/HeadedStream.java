package io.duckfleet.datanode.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/// A stream whose first bytes were looked at; `whole` gives them again.
record HeadedStream(byte[] head, InputStream whole) {

    static HeadedStream of(InputStream stream, int headBytes) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(stream, headBytes);
        byte[] head = whole.readNBytes(headBytes);
        whole.unread(head);
        return new HeadedStream(head, whole);
    }
}
