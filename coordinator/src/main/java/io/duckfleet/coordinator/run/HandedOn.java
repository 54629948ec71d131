package io.duckfleet.coordinator.run;

import io.duckfleet.common.results.ForwardedJson;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ReadyResult;
import java.io.IOException;
import java.util.List;

/// What a node answered in the form that the caller gets (docs/decisions/024).
final class HandedOn {

    private HandedOn() {}

    /// The result, with `tail` in place of the node's own; it no longer needs the fragment's file.
    ///
    /// @throws io.duckfleet.common.errors.FleetException `node_unreachable` if it isn't what was asked for
    static ReadyResult of(FetchedFragment fetched, JsonTail tail) {
        try {
            ForwardedJson result = ForwardedJson.of(fetched.file().path(), tail);
            if (result.rows() == fetched.rows()) {
                return result;
            }
            result.close();
            throw new IOException("%d rows of %d are there".formatted(result.rows(), fetched.rows()));
        } catch (IOException e) {
            throw QueryTables.garbled(List.of(fetched), e.getMessage(), e);
        }
    }
}
