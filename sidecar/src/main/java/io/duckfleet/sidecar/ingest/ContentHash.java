package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// What tells a repeat from another request under the same key: SHA-256 of body, table and day.
public final class ContentHash {

    private ContentHash() {}

    /// The hash of `body`, sent for `table` and `day`.
    public static String of(byte[] body, TableName table, Optional<LocalDate> day) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String place = table.text().toLowerCase(Locale.ROOT) + "/"
                    + day.map(LocalDate::toString).orElse("");
            digest.update(place.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
