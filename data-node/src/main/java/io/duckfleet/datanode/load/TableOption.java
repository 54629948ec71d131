package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;

/// A table of the command line, `name=s3://bucket/key`.
public record TableOption(TableName name, ObjectPattern source) {

    /// The option of a text.
    ///
    /// @throws FleetException `invalid_request` that says what was expected
    public static TableOption parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new FleetException(
                    ErrorCode.INVALID_REQUEST,
                    "a table is given as name=s3://bucket/key, not as \"%s\"".formatted(text));
        }
        return new TableOption(
                new TableName(text.substring(0, equals).strip()),
                ObjectPattern.parse(text.substring(equals + 1).strip()));
    }

    @Override
    public String toString() {
        return name.text() + "=" + source;
    }
}
