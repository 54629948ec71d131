package io.duckfleet.common.http;

import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the integers among a request's query parameters, and remembers what is wrong with them. An empty
/// parameter is none.
public final class QueryParameters {

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

    private final List<FieldError> errors = new ArrayList<>();

    /// The integer that the parameter `name` holds, if it holds any.
    ///
    /// @throws FleetException `invalid_request` if it is no integer
    public static Optional<Long> integer(String name, Optional<String> text) {
        return integer(name, text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// The integer from `least` to `most` that the parameter `name` holds, if it holds any.
    ///
    /// @throws FleetException `invalid_request` if it is something else
    public static Optional<Long> integer(String name, Optional<String> text, long least, long most) {
        QueryParameters parameters = new QueryParameters();
        Optional<Long> number = parameters.read(name, text, least, most);
        parameters.requireValid();
        return number;
    }

    /// The integer from `least` to `most` that the parameter `name` holds; nothing where it holds none or
    /// something else, which [#requireValid()] tells.
    public Optional<Long> read(String name, Optional<String> text, long least, long most) {
        Optional<String> written = text.map(String::strip).filter(value -> !value.isEmpty());
        Optional<Long> number = written.filter(value -> INTEGER.matcher(value).matches())
                .map(Long::valueOf)
                .filter(value -> value >= least && value <= most);
        if (written.isPresent() && number.isEmpty()) {
            errors.add(new FieldError(
                    name, "%s was expected, it is \"%s\"".formatted(expectation(least, most), written.get())));
        }
        return number;
    }

    /// Makes sure that all that was read is what it should be.
    ///
    /// @throws FleetException `invalid_request` that lists what isn't
    public void requireValid() {
        if (!errors.isEmpty()) {
            throw FleetException.invalid(errors);
        }
    }

    private static String expectation(long least, long most) {
        if (most < Long.MAX_VALUE) {
            return "an integer from %d to %d".formatted(least, most);
        }
        return least > Long.MIN_VALUE ? "an integer from " + least : "an integer";
    }
}
