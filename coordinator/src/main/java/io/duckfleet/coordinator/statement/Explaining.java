package io.duckfleet.coordinator.statement;

/// That a statement's plan is asked for: with `analyze` it is run, too; `asJson` wants the document of
/// `POST /explain` and not its text.
public record Explaining(boolean analyze, boolean asJson) {}
