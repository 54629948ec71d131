package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.lake.LakeSchema;

/// A query over the lake's tables as they were read a moment ago.
///
/// @param toRun the statement that gives the same rows as what is asked for, faster
public record LakeQuery(QueryRequest request, String toRun, LakeSchema schema) {}
