package io.duckfleet.coordinator.plan;

import io.duckfleet.common.sql.Identifiers;
import java.util.List;
import java.util.Optional;

/// A table as the planner sees it: its name in SQL, where it lives, its columns in order, the version of its
/// content, and its place. Names compare without case. Tables of one place and version are the same rows;
/// a table that no node has all of has no place.
public record TableShape(String name, Home home, List<Column> columns, String version, Optional<Place> place) {

    /// Where a table's rows are: on a data node, or in the lake, which the coordinator reads itself. Of the
    /// lake's, the users' tables stand in one schema, and the fleet's own (`duckfleet.rejected`) in another.
    public enum Home {
        NODE("memory.main"),
        LAKE("lake.data"),
        FLEETS_OWN("lake.duckfleet");

        private final String schema;

        Home(String schema) {
            this.schema = schema;
        }

        /// Catalog and schema in SQL.
        public String schema() {
            return schema;
        }

        public boolean isInLake() {
            return this != NODE;
        }
    }

    public TableShape {
        columns = List.copyOf(columns);
    }

    /// A table that no node has all of.
    public TableShape(String name, Home home, List<Column> columns, String version) {
        this(name, home, columns, version, Optional.empty());
    }

    /// The name in SQL, with catalog and schema, whatever the session's search path.
    public String qualified() {
        return home.schema() + "." + Identifiers.quote(name);
    }

    /// Whether any one of the nodes that have this table has `other`, too, from the same load.
    boolean isBeside(TableShape other) {
        return place.isPresent()
                && place.map(Place::nodes).equals(other.place.map(Place::nodes))
                && version.equals(other.version);
    }

    /// Whether this is the same table as `other`, under whatever name.
    boolean isSameAs(TableShape other) {
        return isBeside(other) && place.equals(other.place);
    }
}
