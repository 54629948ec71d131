package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// People with an account.
record UserRecords(Draws draws) implements RecordWriter {

    private static final List<String> STATES =
            List.of("active", "active", "active", "inactive", "pending", "suspended");

    @Override
    public void write(JsonGenerator json) throws IOException {
        String id = draws.uuid();
        String first = draws.oneOf(Vocabulary.FIRST_NAMES);
        String last = draws.oneOf(Vocabulary.LAST_NAMES);
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("first_name", first);
        json.writeStringField("last_name", last);
        json.writeStringField("email", email(first, last));
        json.writeNumberField("age", draws.between(18, 90));
        json.writeStringField("country", draws.oneOf(Vocabulary.COUNTRIES));
        json.writeStringField("status", draws.oneOf(STATES));
        json.writeNumberField("balance", draws.amount(500));
        json.writeStringField("created_at", draws.instant());
        json.writeEndObject();
    }

    private String email(String first, String last) {
        String name =
                (first + "." + last).toLowerCase(Locale.ROOT).replace("'", "").replace(" ", "");
        return name + draws.between(1, 999) + "@" + draws.oneOf(Vocabulary.MAIL_HOSTS);
    }
}
