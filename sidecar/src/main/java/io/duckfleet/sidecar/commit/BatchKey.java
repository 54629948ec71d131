package io.duckfleet.sidecar.commit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/// What makes a batch count once per table: the caller's key, or one that we made up for the time of the
/// commit. `content` is a hash of what the caller sent with it; `remembered` is how long the ledger keeps
/// it.
public record BatchKey(String text, String content, Duration remembered) {

    private static final Duration OUTCOME_KNOWN_WITHIN = Duration.ofMinutes(30);

    /// A caller's key. It is kept encoded, as it travels through SQL that isn't ours.
    public static BatchKey ofCaller(String key, String content, Duration remembered) {
        String encoded = Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        return new BatchKey("=" + encoded, content, remembered);
    }

    /// A key for a batch whose caller gave none: it tells whether a commit with an unclear outcome has
    /// happened.
    public static BatchKey madeUp() {
        return new BatchKey("#" + UUID.randomUUID(), "", OUTCOME_KNOWN_WITHIN);
    }
}
