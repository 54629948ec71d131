package io.duckfleet.sidecar.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// The key of those who may delete and maintain; absent, everybody may. Printing it doesn't show it.
public record AdminKey(Optional<String> secret) {

    private static final String SCHEME = "Bearer ";

    public AdminKey {
        secret = secret.filter(text -> !text.isBlank());
    }

    /// Whether an `Authorization` header with this value is an admin's.
    boolean admits(String authorization) {
        return secret.map(key -> MessageDigest.isEqual(
                        (SCHEME + key).getBytes(StandardCharsets.UTF_8),
                        authorization.getBytes(StandardCharsets.UTF_8)))
                .orElse(true);
    }

    @Override
    public String toString() {
        return "AdminKey[" + (secret.isPresent() ? "set" : "none") + "]";
    }
}
