package io.duckfleet.coordinator.plan;

import java.util.List;
import java.util.Optional;

/// A table as the planner sees it: its name in SQL, where it lives, its columns in order, the version of its
/// content, and its place. Names compare without case. Tables of one place and version are the same rows,
/// which any one node of that place has all of; a table that no node has all of has no place.
public record TableShape(String name, Home home, List<Column> columns, String version, Optional<String> place) {

    /// Where a table's rows are: on a data node, or in the lake, which the coordinator reads itself.
    public enum Home {
        NODE,
        LAKE
    }

    public TableShape {
        columns = List.copyOf(columns);
    }

    /// A table that no node has all of.
    public TableShape(String name, Home home, List<Column> columns, String version) {
        this(name, home, columns, version, Optional.empty());
    }

    /// Whether this is the same table as `other`, under whatever name.
    boolean isSameAs(TableShape other) {
        return place.isPresent()
                && place.equals(other.place)
                && version.equals(other.version)
                && columns.equals(other.columns);
    }
}
