package io.duckfleet.datanode.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The versions of objects that make a table, in the order of their keys.
record ObjectSet(List<ObjectVersion> objects) {

    private static final int ETAG_BYTES = 16;

    ObjectSet {
        objects = List.copyOf(objects);
    }

    /// The bytes of all of them.
    long bytes() {
        return objects.stream().mapToLong(ObjectVersion::bytes).sum();
    }

    /// The ETag of the one object, or one made of the keys and ETags of all.
    String etag() {
        return objects.size() == 1 ? objects.getFirst().etag() : '"' + digest() + '"';
    }

    private String digest() {
        MessageDigest digest = sha256();
        for (ObjectVersion object : objects) {
            digest.update(object.location().key().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(object.etag().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, ETAG_BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
