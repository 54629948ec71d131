package io.duckfleet.coordinator.plan;

/// What nodes are asked for.
public enum NodeWork {

    /// Rows of tables, and nothing else.
    ROWS,

    /// Answers of whole statements, and groups of their rows, where these are exact; else rows.
    ANSWERS
}
