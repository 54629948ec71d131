package io.duckfleet.coordinator.fleet;

import java.util.Optional;

/// The key that nodes ask of their coordinator (`NODE_KEY` on both sides). Printing it never shows it.
public record NodeKey(Optional<String> secret) {

    /// The value of the Authorization header.
    public Optional<String> authorization() {
        return secret.map(key -> "Bearer " + key);
    }

    @Override
    public String toString() {
        return "NodeKey[%s]".formatted(secret.isPresent() ? "set" : "none");
    }
}
