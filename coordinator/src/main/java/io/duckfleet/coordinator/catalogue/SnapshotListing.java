package io.duckfleet.coordinator.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A commit as `GET /snapshots` tells it. `rows` are those that came with it; `files` those that it wrote.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SnapshotListing(
        long id,
        Instant time,
        Optional<String> author,
        Optional<String> message,
        List<Change> changes,
        long rows,
        long rowsRemoved,
        long files,
        long filesRemoved,
        long schemaVersion) {

    public SnapshotListing {
        changes = List.copyOf(changes);
    }

    /// What it did to one table (or schema), in DuckLake's word, such as `inserted_into_table`.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Change(
            String change,
            Optional<String> table,
            Optional<Long> rows,
            Optional<Long> rowsRemoved,
            Optional<Long> files,
            Optional<Long> filesRemoved) {}
}
