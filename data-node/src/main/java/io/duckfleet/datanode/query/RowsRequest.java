package io.duckfleet.datanode.query;

import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/// How a caller wants rows: the format, how JSON shows large numbers, and the `If-None-Match` header that
/// names what the caller has already.
record RowsRequest(ResultFormat format, JsonNumbers numbers, Optional<String> ifNoneMatch) {

    static RowsRequest of(Optional<String> format, Optional<String> numbers, HttpHeaders headers) {
        return new RowsRequest(
                ResultFormat.choose(format, headers.getAcceptableMediaTypes()),
                JsonNumbers.of(numbers),
                Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)));
    }

    boolean knows(ResultTag tag) {
        return ifNoneMatch.filter(tag::isNamedBy).isPresent();
    }
}
