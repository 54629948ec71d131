package io.duckfleet.datanode.table;

/// Which part of a larger table this one is: part `index` of `count`, from 1; `by` is the column whose values
/// decide, or `objects`, where whole objects are shared out.
public record ShardOfTable(int index, int count, String by) {}
