package io.duckfleet.common.results;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The formats that results are served in.
public enum ResultFormat {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv"),
    ARROW("application/vnd.apache.arrow.stream"),
    PARQUET("application/vnd.apache.parquet"),
    TEXT("text/plain");

    private final String mediaType;

    ResultFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /// The Content-Type header: texts are UTF-8.
    public String contentType() {
        return mediaType.startsWith("text/") ? mediaType + ";charset=UTF-8" : mediaType;
    }

    /// The format of a request: that of its `format` parameter (a name such as `csv`, or a media type), else
    /// the first one of its Accept header that is served, in the caller's order of preference. No header,
    /// `*/*` and `application/*` mean JSON.
    ///
    /// @throws FleetException `invalid_request` for an unknown parameter, `not_acceptable` when nothing
    /// accepted is served
    public static ResultFormat choose(Optional<String> parameter, List<MediaType> accepted) {
        return parameter
                .filter(text -> !text.isEmpty())
                .map(ResultFormat::named)
                .orElseGet(() -> firstServed(accepted));
    }

    private static ResultFormat named(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(wanted)
                        || format.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow(() -> FleetException.invalid(
                        "format", "\"%s\" is unknown; one of %s was expected".formatted(text, names())));
    }

    private static ResultFormat firstServed(List<MediaType> accepted) {
        if (accepted.isEmpty()) {
            return JSON;
        }
        return accepted.stream()
                .flatMap(type -> Arrays.stream(values())
                        .filter(format -> type.isCompatible(format.asMediaType()))
                        .limit(1))
                .findFirst()
                .orElseThrow(() -> new FleetException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "no accepted media type is served; accept one of "
                                + Arrays.stream(values())
                                        .map(ResultFormat::mediaType)
                                        .collect(Collectors.joining(", "))));
    }

    private MediaType asMediaType() {
        int slash = mediaType.indexOf('/');
        return new MediaType(mediaType.substring(0, slash), mediaType.substring(slash + 1));
    }

    private static String names() {
        return Arrays.stream(values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
