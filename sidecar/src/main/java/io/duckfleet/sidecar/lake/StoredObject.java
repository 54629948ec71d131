package io.duckfleet.sidecar.lake;

import java.time.Instant;

/// An object of the bucket.
public record StoredObject(String key, Instant modified) {

    /// The key without folders.
    public String baseName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
