package io.duckfleet.coordinator.lake;

import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.List;

/// The tables of the lake at one moment: the users', and those of the fleet's own that may be queried.
///
/// @param version the catalog's number of it, which grows with each change of any table's columns
public record LakeSchema(long version, List<TableShape> all) {

    public LakeSchema {
        all = List.copyOf(all);
    }

    /// The users' tables, which listings show.
    public List<TableShape> tables() {
        return all.stream().filter(table -> table.home() == Home.LAKE).toList();
    }
}
