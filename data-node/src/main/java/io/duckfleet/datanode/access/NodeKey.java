package io.duckfleet.datanode.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// The key that coordinator and node share; absent, everybody is let in. Printing it doesn't show it.
public record NodeKey(Optional<String> secret) {

    private static final String SCHEME = "Bearer ";

    public NodeKey {
        secret = secret.filter(text -> !text.isBlank());
    }

    /// Whether an `Authorization` header with this value lets its sender in.
    boolean admits(String authorization) {
        return secret.map(key -> equal(SCHEME + key, authorization)).orElse(true);
    }

    private static boolean equal(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "NodeKey[" + (secret.isPresent() ? "set" : "none") + "]";
    }
}
