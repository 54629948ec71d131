package io.duckfleet.common.statement;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table that a statement names in a FROM clause and that is no CTE. `position` is the 0-based offset in
/// the statement's text, where known; `timeTravel` tells whether the reference has an `AT` clause.
public record TableReference(
        Optional<String> catalog, Optional<String> schema, String name, OptionalInt position, boolean timeTravel) {

    /// The name as it was written, with its qualifiers.
    public String written() {
        return Stream.concat(Stream.concat(catalog.stream(), schema.stream()), Stream.of(name))
                .collect(Collectors.joining("."));
    }

    public boolean isQualified() {
        return catalog.isPresent() || schema.isPresent();
    }
}
