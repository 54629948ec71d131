package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// What a shop sells.
record ProductRecords(Draws draws) implements RecordWriter {

    @Override
    public void write(JsonGenerator json) throws IOException {
        String id = draws.uuid();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("name", draws.oneOf(Vocabulary.PRODUCTS));
        json.writeStringField("category", draws.oneOf(Vocabulary.DEPARTMENTS));
        json.writeNumberField("price", draws.amount(30));
        int stock = draws.chance(0.1) ? 0 : draws.between(1, 500);
        json.writeNumberField("stock", stock);
        json.writeNumberField("rating", draws.between(1, 5, 1));
        json.writeNumberField("reviews_count", draws.reference(2_000));
        json.writeBooleanField("is_available", stock > 0);
        json.writeArrayFieldStart("tags");
        int tags = draws.between(0, 3);
        for (int i = 0; i < tags; i++) {
            json.writeString(draws.oneOf(Vocabulary.MATERIALS));
        }
        json.writeEndArray();
        json.writeStringField("created_at", draws.instant());
        json.writeEndObject();
    }
}
