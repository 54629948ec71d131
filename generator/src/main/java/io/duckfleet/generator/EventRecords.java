package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// What happened in an application.
record EventRecords(Draws draws) implements RecordWriter {

    private static final List<String> TYPES =
            List.of("page_view", "page_view", "click", "login", "logout", "purchase", "search", "error", "signup");
    private static final List<String> SEVERITIES =
            List.of("info", "info", "info", "debug", "warning", "error", "critical");

    @Override
    public void write(JsonGenerator json) throws IOException {
        String id = draws.uuid();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("event_type", draws.oneOf(TYPES));
        json.writeStringField("user_id", "user_" + draws.reference(10_000));
        json.writeStringField("severity", draws.oneOf(SEVERITIES));
        json.writeStringField("message", draws.oneOf(Vocabulary.MESSAGES));
        json.writeObjectFieldStart("metadata");
        json.writeStringField("ip_address", address());
        json.writeStringField("user_agent", draws.oneOf(Vocabulary.USER_AGENTS));
        json.writeStringField("session_id", draws.uuid());
        json.writeEndObject();
        json.writeStringField("timestamp", draws.instant());
        json.writeEndObject();
    }

    /// Of a network that is reserved for documentation or private use.
    private String address() {
        return "10." + draws.between(0, 255) + "." + draws.between(0, 255) + "." + draws.between(1, 254);
    }
}
