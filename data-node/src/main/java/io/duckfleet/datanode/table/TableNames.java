package io.duckfleet.datanode.table;

import io.duckfleet.common.sql.TableName;
import java.util.List;

/// The names of the node's tables, in the order of the command line; there is one at least.
public record TableNames(List<TableName> all) {

    public TableNames {
        all = List.copyOf(all);
    }

    public TableName first() {
        return all.getFirst();
    }

    public List<String> texts() {
        return all.stream().map(TableName::text).toList();
    }
}
