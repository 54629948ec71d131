package io.duckfleet.datanode.table;

/// A column of the table; `type` is DuckDB's name of its type.
public record TableColumn(String name, String type) {}
