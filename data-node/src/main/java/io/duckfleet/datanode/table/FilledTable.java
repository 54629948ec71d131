package io.duckfleet.datanode.table;

import io.duckfleet.common.sql.TableName;

/// A table that a load has filled: its name, where its rows came from, and how many bytes of memory (and of
/// disk, where DuckDB has moved some of it there) it takes.
public record FilledTable(TableName name, TableSource source, long sizeBytes) {}
