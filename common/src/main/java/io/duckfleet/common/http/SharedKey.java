package io.duckfleet.common.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// A key that caller and service share, shown as `Authorization: Bearer`; absent or blank, everybody is let
/// in. Printing it never shows it.
public record SharedKey(Optional<String> secret) {

    private static final String SCHEME = "Bearer ";

    public SharedKey {
        secret = secret.filter(text -> !text.isBlank());
    }

    /// The value of the `Authorization` header that shows the key.
    public Optional<String> authorization() {
        return secret.map(key -> SCHEME + key);
    }

    /// Whether an `Authorization` header with this value, empty for none, lets its sender in. Takes as long
    /// whatever is wrong with it.
    public boolean admits(String shown) {
        return authorization()
                .map(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8)))
                .orElse(true);
    }

    @Override
    public String toString() {
        return "SharedKey[" + (secret.isPresent() ? "set" : "none") + "]";
    }
}
