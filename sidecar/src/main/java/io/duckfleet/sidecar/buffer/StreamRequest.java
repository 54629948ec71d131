package io.duckfleet.sidecar.buffer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.BrokenJson;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.JsonFactories;
import io.duckfleet.sidecar.schema.ObjectShape;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.RejectedRecord;
import io.duckfleet.sidecar.schema.ReservedFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The record in a body `{"data": {..}}`, checked as far as that is possible without its table: what is
/// acknowledged can only conflict with a column's type. Other members are ignored, but for one that names
/// another table.
record StreamRequest(String text, OwnFields ownFields, int bytes) {

    private static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    /// Reads `body`, whose record goes into `table`.
    ///
    /// @throws FleetException `invalid_request` if it has no such record, or one that no table could take
    static StreamRequest read(TableName table, byte[] body) {
        if (body.length == 0) {
            throw FleetException.invalid("body", "is empty; a JSON object with \"data\" was expected");
        }
        try (JsonParser parser = JsonFactories.parser(body, 0, body.length)) {
            return of(findData(parser, body, table));
        } catch (JsonProcessingException e) {
            throw BrokenJson.inBody(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes of `data`, as an array of that one record.
    private static byte[] findData(JsonParser parser, byte[] body, TableName table) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT
                || parser.currentTokenLocation().getByteOffset() < 0) {
            throw FleetException.invalid("body", "a JSON object with \"data\", in UTF-8, was expected");
        }
        Optional<byte[]> data = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!name.equals("data")) {
                requireSameTable(name, parser, table);
                parser.skipChildren();
                continue;
            }
            if (value != JsonToken.START_OBJECT || data.isPresent()) {
                throw FleetException.invalid("data", "one JSON object was expected: the record");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            data = Optional.of(
                    bracketed(body, start, (int) parser.currentLocation().getByteOffset()));
        }
        if (parser.nextToken() != null) {
            throw FleetException.invalid("body", "has something behind its JSON object");
        }
        return data.orElseThrow(
                () -> FleetException.invalid("data", "is missing; a JSON object was expected: the record"));
    }

    /// A table is named in the address; ignored here, it would send the record elsewhere.
    private static void requireSameTable(String member, JsonParser parser, TableName table) throws IOException {
        boolean names = (member.equals("table_name") || member.equals("table"))
                && parser.currentToken() == JsonToken.VALUE_STRING
                && !parser.getText().isEmpty();
        if (names && !parser.getText().equalsIgnoreCase(table.text())) {
            throw FleetException.invalid(
                    member,
                    "the record would go into \"%s\"; name its table in the address, as ?table_name="
                            .formatted(table.text()));
        }
    }

    private static byte[] bracketed(byte[] body, int start, int end) {
        byte[] array = new byte[end - start + 2];
        array[0] = '[';
        System.arraycopy(body, start, array, 1, end - start);
        array[array.length - 1] = ']';
        return array;
    }

    private static StreamRequest of(byte[] array) throws IOException {
        Records.Scan scan;
        try (JsonParser parser = JsonFactories.parser(array, 0, array.length)) {
            parser.nextToken();
            scan = Records.scan(array, parser, MAX_RECORD_BYTES);
        }
        refuseIfRejected(scan.rejected());
        ObjectShape shape = scan.records().shape();
        boolean own = shape.field(ReservedFields.PARTITION_DATE).isPresent()
                || shape.field(ReservedFields.INGESTED_AT).isPresent();
        return new StreamRequest(text(array), own ? OwnFields.SOME : OwnFields.NONE, array.length - 2);
    }

    private static void refuseIfRejected(List<RejectedRecord> rejected) {
        if (!rejected.isEmpty()) {
            RejectedRecord problem = rejected.getFirst();
            String field = problem.field().isEmpty() ? "data" : "data." + problem.field();
            throw FleetException.invalid(field, problem.reason());
        }
    }

    private static String text(byte[] array) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array, 1, array.length - 2))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FleetException.invalid("body", "is no valid UTF-8");
        }
    }
}
