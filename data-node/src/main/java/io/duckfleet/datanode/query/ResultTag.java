package io.duckfleet.datanode.query;

import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// An entity tag (RFC 9110, 8.8.3): the same statement over the same version of the table in the same format
/// has the same tag. It is weak, as answers tell the time as well and rows without an order may change
/// places.
record ResultTag(String value) {

    private static final int LENGTH = 16;

    static ResultTag of(String tableVersion, String sql, ResultFormat format, JsonNumbers numbers) {
        String text = String.join("\0", tableVersion, sql.strip(), format.name(), numbers.name());
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new ResultTag("W/\"%s\"".formatted(HexFormat.of().formatHex(hash, 0, LENGTH)));
    }

    /// Whether an `If-None-Match` header names this tag; strong and weak ones are compared alike.
    boolean isNamedBy(String ifNoneMatch) {
        return Arrays.stream(ifNoneMatch.split(","))
                .map(String::strip)
                .anyMatch(named -> named.equals("*") || value.equals(named) || value.equals("W/" + named));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
