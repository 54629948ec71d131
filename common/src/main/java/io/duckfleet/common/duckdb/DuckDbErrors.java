package io.duckfleet.common.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells DuckDB's errors as ours. Instances are opened with `errors_as_json`, so type and position come as
/// JSON after the first `{`; the few errors that come as bare text are read by their prefix (`Binder Error:
/// ..`).
public final class DuckDbErrors {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Callers can't change settings.
    private static final Pattern ADVICE_TO_SET = Pattern.compile("\\n+Use \"SET [^\\n]*");

    private DuckDbErrors() {}

    /// The error with the code that fits DuckDB's exception type, its `position` where DuckDB tells one, and
    /// `duckdb_type`.
    public static FleetException translate(SQLException exception) {
        String text = String.valueOf(exception.getMessage());
        JsonNode json = jsonIn(text);
        String type =
                json == null ? prefixOf(text) : json.path("exception_type").asText();
        String message = ADVICE_TO_SET
                .matcher(json == null ? text : json.path("exception_message").asText())
                .replaceAll("");
        FleetException error = new FleetException(codeOf(type, json), message, exception).with("duckdb_type", type);
        String position = json == null ? "" : json.path("position").asText();
        return position.isEmpty() ? error : error.with("position", Integer.parseInt(position));
    }

    private static ErrorCode codeOf(String type, @Nullable JsonNode json) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "parser", "syntax" -> ErrorCode.SQL_SYNTAX;
            case "catalog" -> isMissingTable(json) ? ErrorCode.UNKNOWN_TABLE : ErrorCode.SQL_FAILED;
            case "binder" -> isMissingColumn(json) ? ErrorCode.UNKNOWN_COLUMN : ErrorCode.SQL_FAILED;
            case "out of memory" -> ErrorCode.MEMORY_LIMIT;
            case "interrupt" -> ErrorCode.CANCELLED;
            case "internal", "fatal" -> ErrorCode.INTERNAL;
            case "io", "http", "network", "connection" -> ErrorCode.STORAGE_UNREACHABLE;
            default -> ErrorCode.SQL_FAILED;
        };
    }

    private static boolean isMissingTable(@Nullable JsonNode json) {
        return json != null && json.path("type").asText().equals("Table");
    }

    private static boolean isMissingColumn(@Nullable JsonNode json) {
        return json != null && json.path("error_subtype").asText().equals("COLUMN_NOT_FOUND");
    }

    private static String prefixOf(String text) {
        int end = text.indexOf(" Error:");
        return end < 0 ? "" : text.substring(0, end).replaceFirst("^.*: ", "");
    }

    private static @Nullable JsonNode jsonIn(String text) {
        int start = text.indexOf("{\"exception_type\"");
        if (start < 0) {
            return null;
        }
        try {
            return MAPPER.readTree(text.substring(start));
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
