package io.duckfleet.coordinator.lake;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Files of the lake that a query needn't read, as none of their records meets its condition: the addresses
/// of each table's files, by the table's name.
///
/// A query leaves them out by name rather than read the others by name, so that it sees what is
/// written meanwhile. DuckLake never gives a file's name to another one.
public record UnreadFiles(Map<String, List<String>> ofTables) {

    /// All files are read.
    public static final UnreadFiles NONE = new UnreadFiles(Map.of());

    /// DuckLake's virtual column. A table's own column of the name hides it.
    public static final String FILENAME = "filename";

    public UnreadFiles {
        ofTables = Map.copyOf(ofTables);
    }

    public boolean isEmpty() {
        return ofTables.values().stream().allMatch(List::isEmpty);
    }

    /// What stands in FROM for the rest of `table`.
    String rest(TableShape table) {
        List<String> files = ofTables.getOrDefault(table.name(), List.of());
        return files.isEmpty()
                ? table.qualified()
                : "(FROM %s WHERE %s NOT IN (%s))"
                        .formatted(
                                table.qualified(),
                                FILENAME,
                                files.stream().map(Identifiers::literal).collect(Collectors.joining(", ")));
    }
}
