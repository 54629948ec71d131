package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The body of `POST /fragments`: the request as JSON, then a Parquet file for each key set (RFC 7578).
final class FragmentBody {

    private final String boundary = "duckfleet-" + UUID.randomUUID();
    private final byte[] request;
    private final List<KeySet> keySets;
    private final List<Long> sizes = new ArrayList<>();

    private FragmentBody(byte[] request, List<KeySet> keySets) {
        this.request = request;
        this.keySets = keySets;
    }

    static FragmentBody of(byte[] request, List<KeySet> keySets) throws IOException {
        FragmentBody body = new FragmentBody(request, keySets);
        for (KeySet set : keySets) {
            body.sizes.add(Files.size(set.file()));
        }
        return body;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /// Whether it isn't to be held in memory. What is sent as it is read can't be sent again, so that a kept
    /// connection would be tried first, which takes a millisecond.
    boolean isLong() {
        return !keySets.isEmpty();
    }

    long length() {
        long length = requestHead().length + (long) request.length + tail().length;
        for (int i = 0; i < keySets.size(); i++) {
            length += keySetHead(keySets.get(i)).length + sizes.get(i);
        }
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(requestHead());
        out.write(request);
        for (KeySet set : keySets) {
            out.write(keySetHead(set));
            Files.copy(set.file(), out);
        }
        out.write(tail());
    }

    private byte[] requestHead() {
        return ascii(
                "--%s\r\nContent-Disposition: form-data; name=\"request\"\r\nContent-Type: application/json\r\n\r\n"
                        .formatted(boundary));
    }

    private byte[] keySetHead(KeySet set) {
        return ascii(
                "\r\n--%1$s\r\nContent-Disposition: form-data; name=\"%2$s\"; filename=\"%2$s\"\r\nContent-Type: application/vnd.apache.parquet\r\n\r\n"
                        .formatted(boundary, set.name()));
    }

    private byte[] tail() {
        return ascii("\r\n--%s--\r\n".formatted(boundary));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
