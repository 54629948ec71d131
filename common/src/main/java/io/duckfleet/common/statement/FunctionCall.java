package io.duckfleet.common.statement;

import java.util.OptionalInt;

/// A function that a statement calls, as a table (`FROM f(..)`) or as a scalar, aggregate or operator. `name`
/// is in lower case.
public record FunctionCall(String name, boolean asTable, OptionalInt position) {}
