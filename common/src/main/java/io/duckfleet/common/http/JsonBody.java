package io.duckfleet.common.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/// Reads request bodies as JSON whatever their Content-Type says (curl sends forms by default). Unknown
/// members are ignored, so that clients of later versions keep working; a number is no text and a text no
/// number.
public final class JsonBody {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Integer,
                    config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private JsonBody() {}

    /// The body as a `type`.
    ///
    /// @throws FleetException `invalid_request` with line and column where the JSON is broken, or the field
    /// whose type is wrong
    public static <T> T read(byte[] body, Class<T> type) {
        if (body.length == 0) {
            throw FleetException.invalid("body", "is empty; a JSON object was expected");
        }
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw FleetException.invalid("body", "is null; a JSON object was expected");
            }
            return value;
        } catch (MismatchedInputException e) {
            throw mismatch(e);
        } catch (JsonProcessingException e) {
            throw BrokenJson.inBody(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FleetException mismatch(MismatchedInputException e) {
        String path = e.getPath().stream().map(JsonBody::step).collect(Collectors.joining("."));
        String expected = e.getTargetType() == null ? "another type" : jsonTypeOf(e.getTargetType());
        return FleetException.invalid(path.isEmpty() ? "body" : path.replace(".[", "["), expected + " was expected");
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName();
    }

    private static String jsonTypeOf(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == Integer.class || type == Long.class || type.isPrimitive()) {
            return "an integer";
        }
        return Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
    }
}
