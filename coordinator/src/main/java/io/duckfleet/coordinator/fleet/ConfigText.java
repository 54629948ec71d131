package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;

/// The text that a configuration is read from, for telling where in it something is wrong.
record ConfigText(Path file, JsonLines lines) {

    /// The refusal of what stands at `pointer`.
    FleetException refuse(String pointer, String message) {
        return refuse(file, lines.lineOf(pointer), message);
    }

    /// The refusal of a text with an error on `line`; lines below 1 aren't known and not told.
    static FleetException refuse(Path file, int line, String message) {
        String place = line < 1 ? "" : ", line " + line;
        return new FleetException(ErrorCode.INVALID_REQUEST, "%s%s: %s".formatted(file, place, message));
    }
}
