package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/// Texts as JSON.
final class JsonText {

    private JsonText() {}

    static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
