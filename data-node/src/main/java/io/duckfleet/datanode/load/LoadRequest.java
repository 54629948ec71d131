package io.duckfleet.datanode.load;

import io.duckfleet.common.sql.TableName;
import java.util.Optional;

/// What to load, the name that it gets, and how it is read: with which options, with a column `filename` or
/// without, and which shard of the rows.
public record LoadRequest(
        ObjectPattern source, TableName tableName, ReadOptions options, boolean withFilename, Optional<Shard> shard) {

    /// The column that tells the address of each row's object.
    static final String FILENAME = "filename";

    /// All rows of `source`, as DuckDB would read them.
    public static LoadRequest of(ObjectPattern source, TableName tableName) {
        return new LoadRequest(source, tableName, ReadOptions.NONE, false, Optional.empty());
    }
}
