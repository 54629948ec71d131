package io.duckfleet.common.errors;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/// A problem document as of RFC 9457, media type [#MEDIA_TYPE].
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String instance,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        Map<String, Object> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        extensions = Map.copyOf(extensions);
    }

    /// The document for `exception`, which happened while `instance` (a path) was served.
    public static Problem of(FleetException exception, String instance) {
        ErrorCode code = exception.code();
        return new Problem(
                "urn:duckfleet:error:" + code.wireName(),
                code.title(),
                code.status(),
                code.wireName(),
                exception.detail(),
                instance,
                exception.extensions());
    }

    /// The further members, flattened into the document.
    @JsonAnyGetter
    public Map<String, Object> members() {
        return extensions;
    }
}
