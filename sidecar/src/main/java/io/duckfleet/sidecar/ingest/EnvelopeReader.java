package io.duckfleet.sidecar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.BrokenJson;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.JsonFactories;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.ScanRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an envelope in one pass over its bytes: `{"table_name"?, "records": [{..}], "partition_date"?,
/// "data_type"?, "data_date"?}`, in any order; other members are ignored, but for
/// `table`, which is a mistake.
final class EnvelopeReader {

    private final byte[] body;
    private final Destination named;
    private final ScanRules rules;
    private @Nullable String tableName;
    private @Nullable String dataType;
    private @Nullable String partitionDate;
    private @Nullable String dataDate;
    private Records.@Nullable Scan scan;

    private EnvelopeReader(byte[] body, Destination named, ScanRules rules) {
        this.body = body;
        this.named = named;
        this.rules = rules;
    }

    /// The envelope; what it doesn't say goes by `named`.
    ///
    /// @throws FleetException `invalid_request` if the body isn't such an envelope
    static Envelope read(byte[] body, Destination named, ScanRules rules) {
        if (body.length == 0) {
            throw FleetException.invalid("body", "is empty; a JSON object with \"records\" was expected");
        }
        EnvelopeReader reader = new EnvelopeReader(body, named, rules);
        try (JsonParser parser = JsonFactories.parser(body, 0, body.length)) {
            reader.readObject(parser);
        } catch (JsonProcessingException e) {
            throw BrokenJson.inBody(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.envelope();
    }

    private Envelope envelope() {
        if (scan == null) {
            throw FleetException.invalid("records", "is missing; an array of objects was expected");
        }
        if (scan.records().count() == 0) {
            throw FleetException.invalid("records", "is empty; at least one record was expected");
        }
        Optional<String> day = present(partitionDate).or(() -> present(dataDate));
        String dayField = present(partitionDate).isPresent() ? "partition_date" : "data_date";
        return new Envelope(
                table(), day.map(text -> PartitionDates.parse(dayField, text)).or(named::day), scan);
    }

    private TableName table() {
        return present(tableName).isEmpty() && named.table().isPresent()
                ? named.table().get()
                : TableChoice.of(present(tableName), present(dataType));
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private void readObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw FleetException.invalid("body", "a JSON object with \"records\" was expected");
        }
        if (parser.currentTokenLocation().getByteOffset() < 0) {
            throw FleetException.invalid("body", "UTF-8 was expected; the body is UTF-16 or UTF-32");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member(name, parser);
        }
        if (parser.nextToken() != null) {
            throw FleetException.invalid("body", "has something behind its JSON object");
        }
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "table" -> TableChoice.requireNoOtherName(parser.currentToken() == JsonToken.VALUE_NULL ? null : name);
            case "table_name" -> tableName = text(name, parser);
            case "data_type" -> dataType = text(name, parser);
            case "partition_date" -> partitionDate = text(name, parser);
            case "data_date" -> dataDate = text(name, parser);
            case "records" -> scan = records(parser);
            default -> parser.skipChildren();
        }
    }

    private static @Nullable String text(String name, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> throw FleetException.invalid(name, "a text was expected");
        };
    }

    private Records.Scan records(JsonParser parser) throws IOException {
        if (scan != null) {
            throw FleetException.invalid("records", "is there twice");
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw FleetException.invalid("records", "an array of objects was expected");
        }
        return Records.scan(body, parser, rules);
    }
}
