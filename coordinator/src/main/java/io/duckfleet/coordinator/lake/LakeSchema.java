package io.duckfleet.coordinator.lake;

import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.List;

/// The tables of the lake at one moment: the users', and those of the fleet's own that may be queried.
public record LakeSchema(List<TableShape> all) {

    public LakeSchema {
        all = List.copyOf(all);
    }

    /// The users' tables, which listings show.
    public List<TableShape> tables() {
        return all.stream().filter(table -> table.home() == Home.LAKE).toList();
    }
}
