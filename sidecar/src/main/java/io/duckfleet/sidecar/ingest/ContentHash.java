package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// What tells a repeat from another request under the same key: SHA-256 of the decoded body, table and day.
public final class ContentHash {

    private ContentHash() {}

    /// A digest that the body goes into.
    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The hash of `body`, sent for `table` and `day`.
    public static String of(byte[] body, TableName table, Optional<LocalDate> day) {
        MessageDigest digest = begin();
        digest.update(body);
        return of(digest, table, day);
    }

    /// `body` has taken in the whole body, and can't be used again.
    static String of(MessageDigest body, TableName table, Optional<LocalDate> day) {
        String place = table.text().toLowerCase(Locale.ROOT) + "/"
                + day.map(LocalDate::toString).orElse("");
        body.update((byte) 0);
        return HexFormat.of().formatHex(body.digest(place.getBytes(StandardCharsets.UTF_8)));
    }
}
