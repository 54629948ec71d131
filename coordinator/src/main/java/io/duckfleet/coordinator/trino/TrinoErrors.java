package io.duckfleet.coordinator.trino;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Trino's errors as ours. Its codes are those of its `StandardErrorCode`: up to 65,535 the caller's, then
/// those of Trino itself, from 131,072 those of its resources, and above those of what it reads.
final class TrinoErrors {

    private static final Pattern PREFIX = Pattern.compile("^Query failed \\(#[^)]*\\): ");
    private static final Pattern PLACE = Pattern.compile("^line (\\d{1,6}):(\\d{1,6}): ");

    private static final int SYNTAX = 1;
    private static final int CANCELLED = 3;
    private static final int PERMISSION_DENIED = 4;
    private static final int TABLE_NOT_FOUND = 46;
    private static final int COLUMN_NOT_FOUND = 47;
    private static final int FIRST_INTERNAL = 0x1_0000;
    private static final int FIRST_RESOURCE = 0x2_0000;
    private static final int QUEUE_FULL = 0x2_0002;
    private static final int TIME_LIMIT = 0x2_0003;
    private static final int FIRST_EXTERNAL = 0x3_0000;

    private TrinoErrors() {}

    /// What a query failed with that was sent to learn what is `wanted` of `text`.
    static FleetException translate(SQLException error, TrinoSettings trino, TrinoText text, TrinoQuery.Wanted wanted) {
        Matcher prefix = PREFIX.matcher(String.valueOf(error.getMessage()));
        if (!prefix.find()) {
            return unreachable(error, trino);
        }
        String message = prefix.replaceFirst("");
        FleetException failure = new FleetException(codeOf(error.getErrorCode()), "Trino: " + message, error);
        Matcher place = PLACE.matcher(message);
        return place.find()
                ? failure.with(
                        "position",
                        text.position(wanted, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
                : failure;
    }

    private static FleetException unreachable(SQLException error, TrinoSettings trino) {
        String reason = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return new FleetException(
                ErrorCode.TRINO_UNREACHABLE,
                "Trino at %s can't be asked (%s); see that it runs, and that TRINO_URL, TRINO_USER and TRINO_PASSWORD are right"
                        .formatted(trino.url(), reason),
                error);
    }

    private static ErrorCode codeOf(int code) {
        return switch (code) {
            case SYNTAX -> ErrorCode.SQL_SYNTAX;
            case CANCELLED -> ErrorCode.CANCELLED;
            case PERMISSION_DENIED -> ErrorCode.FORBIDDEN;
            case TABLE_NOT_FOUND -> ErrorCode.UNKNOWN_TABLE;
            case COLUMN_NOT_FOUND -> ErrorCode.UNKNOWN_COLUMN;
            case QUEUE_FULL -> ErrorCode.OVERLOADED;
            case TIME_LIMIT -> ErrorCode.DEADLINE;
            default -> codeOfRange(code);
        };
    }

    private static ErrorCode codeOfRange(int code) {
        if (code < FIRST_INTERNAL) {
            return ErrorCode.SQL_FAILED;
        }
        return code >= FIRST_RESOURCE && code < FIRST_EXTERNAL ? ErrorCode.MEMORY_LIMIT : ErrorCode.TRINO_FAILED;
    }
}
