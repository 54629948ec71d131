package io.duckfleet.common.errors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one exception that tells a caller why a request failed. Its message is the problem document's
/// `detail`: one sentence that says what was expected, what was found and what to do; it never holds a
/// secret. `extensions` are further members of the problem document.
public final class FleetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Map<String, Object> extensions;

    public FleetException(ErrorCode code, String detail) {
        this(code, detail, Map.of(), null);
    }

    public FleetException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, Map.of(), cause);
    }

    private FleetException(ErrorCode code, String detail, Map<String, Object> extensions, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.extensions = Map.copyOf(extensions);
    }

    /// An [ErrorCode#INVALID_REQUEST] for one field.
    public static FleetException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /// An [ErrorCode#INVALID_REQUEST] that lists what is wrong with each field.
    public static FleetException invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and %d more, see errors)".formatted(errors.size() - 1);
        return new FleetException(ErrorCode.INVALID_REQUEST, first.field() + ": " + first.message() + more)
                .with("errors", List.copyOf(errors));
    }

    /// This exception with one more member in its problem document.
    public FleetException with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        FleetException copy = new FleetException(code, detail(), more, getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> extensions() {
        return extensions == null ? Map.of() : extensions;
    }
}
