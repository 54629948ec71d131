package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.table.TableNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a node is to load: one table at least, no two of one name.
public record LoadRequests(List<LoadRequest> all) {

    public LoadRequests {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to load");
        }
        requireDistinct(all.stream().map(LoadRequest::tableName).toList());
    }

    /// Refuses names that stand there twice.
    ///
    /// @throws FleetException `invalid_request` that names one
    public static void requireDistinct(List<TableName> names) {
        Set<TableName> seen = new HashSet<>();
        for (TableName name : names) {
            if (!seen.add(name)) {
                throw new FleetException(
                        ErrorCode.INVALID_REQUEST,
                        "the table \"%s\" stands there twice (names compare without case)".formatted(name.text()));
            }
        }
    }

    /// One table.
    public static LoadRequests of(LoadRequest request) {
        return new LoadRequests(List.of(request));
    }

    public TableNames names() {
        return new TableNames(all.stream().map(LoadRequest::tableName).toList());
    }

    /// The addresses, for people.
    @Override
    public String toString() {
        String first = all.getFirst().source().toString();
        return all.size() == 1 ? first : "%s and %d more".formatted(first, all.size() - 1);
    }
}
