package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Partition dates as requests write them.
public final class PartitionDates {

    private static final Pattern SHAPE = Pattern.compile("(?!0000)\\d{4}-\\d{2}-\\d{2}");

    private PartitionDates() {}

    /// The date that `text` is.
    ///
    /// @throws FleetException `invalid_request` for `field` if `text` is no date of the form `YYYY-MM-DD`
    public static LocalDate parse(String field, String text) {
        if (SHAPE.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw FleetException.invalid(field, "\"%s\" is no day of the calendar".formatted(text));
            }
        }
        throw FleetException.invalid(field, "a date YYYY-MM-DD was expected, not \"%s\"".formatted(text));
    }
}
