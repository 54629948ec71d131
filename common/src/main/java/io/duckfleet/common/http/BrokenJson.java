package io.duckfleet.common.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import java.util.List;
import java.util.regex.Pattern;

/// Tells senders what is wrong with a text that is no JSON.
public final class BrokenJson {

    /// Jackson's description of its own source, which says nothing to a sender.
    private static final Pattern SOURCE = Pattern.compile("\\s*\\(start marker at .*$", Pattern.DOTALL);

    private BrokenJson() {}

    /// What is wrong, in words.
    public static String reason(JsonProcessingException fault) {
        return SOURCE.matcher(String.valueOf(fault.getOriginalMessage())).replaceFirst("");
    }

    /// The refusal of a body that is no JSON, with `line` and `column`, both from 1.
    public static FleetException inBody(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation() == null ? JsonLocation.NA : fault.getLocation();
        String message =
                "is not JSON (line %d, column %d): %s".formatted(at.getLineNr(), at.getColumnNr(), reason(fault));
        return FleetException.invalid(List.of(new FieldError("body", message)))
                .with("line", at.getLineNr())
                .with("column", at.getColumnNr());
    }
}
