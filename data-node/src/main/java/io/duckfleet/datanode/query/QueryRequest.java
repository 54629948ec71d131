package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.JsonBody;
import org.jspecify.annotations.Nullable;

/// The body of `POST /query`.
public record QueryRequest(@Nullable String query) {

    private static final int LARGEST_BODY = 1 << 20;

    static String sqlOf(byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw new FleetException(
                    ErrorCode.BODY_TOO_LARGE, "a query of at most %d bytes was expected".formatted(LARGEST_BODY));
        }
        String sql = JsonBody.read(body, QueryRequest.class).query();
        if (sql == null || sql.isBlank()) {
            throw FleetException.invalid("query", "a SELECT statement was expected, there is none");
        }
        return sql;
    }
}
