package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.duckfleet.coordinator.plan.Column;
import java.util.List;
import java.util.Optional;

/// A table as `GET /tables` tells it. `rows` and `node` are a node table's; a lake table's columns come from
/// the lake's catalog.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableListing(
        String name, String kind, List<Column> columns, Optional<Long> rows, Optional<String> node, String health) {}
