package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// Payments.
record TransactionRecords(Draws draws) implements RecordWriter {

    private static final List<String> CURRENCIES = List.of("USD", "USD", "EUR", "EUR", "GBP", "JPY", "CHF", "BRL");
    private static final List<String> CATEGORIES =
            List.of("groceries", "travel", "electronics", "restaurants", "utilities", "health", "clothing", "other");
    private static final List<String> STATES =
            List.of("completed", "completed", "completed", "pending", "failed", "refunded");

    @Override
    public void write(JsonGenerator json) throws IOException {
        String id = draws.uuid();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("record_id", id);
        json.writeStringField("user_id", "user_" + draws.reference(10_000));
        json.writeNumberField("amount", draws.amount(40));
        json.writeStringField("currency", draws.oneOf(CURRENCIES));
        json.writeStringField("category", draws.oneOf(CATEGORIES));
        json.writeStringField("status", draws.oneOf(STATES));
        json.writeStringField("timestamp", draws.instant());
        json.writeEndObject();
    }
}
