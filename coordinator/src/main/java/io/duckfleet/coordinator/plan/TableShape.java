package io.duckfleet.coordinator.plan;

import java.util.List;

/// A table as the planner sees it: its name in SQL, where it lives, its columns in order, and the version of
/// its content. Names compare without case.
public record TableShape(String name, Home home, List<Column> columns, String version) {

    /// Where a table's rows are: on a data node, or in the lake, which the coordinator reads itself.
    public enum Home {
        NODE,
        LAKE
    }

    public TableShape {
        columns = List.copyOf(columns);
    }
}
