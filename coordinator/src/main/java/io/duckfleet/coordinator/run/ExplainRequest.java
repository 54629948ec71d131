package io.duckfleet.coordinator.run;

import io.duckfleet.common.http.JsonBody;
import org.jspecify.annotations.Nullable;

/// The body of `POST /explain`: what `POST /query` takes, and whether the statement is run, too.
public record ExplainRequest(
        @Nullable String query, @Nullable Boolean analyze) {

    static QueryMode modeOf(byte[] body) {
        Boolean analyze = JsonBody.read(body, ExplainRequest.class).analyze();
        return analyze != null && analyze ? QueryMode.EXPLAIN_ANALYZE : QueryMode.EXPLAIN;
    }
}
