package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// All tables of the node, whole, in one DuckDB that is locked. They are loaded and replaced together, so a
/// query sees one load of them. `version` is another one for each load, also of the same objects.
/// Thread-safe.
public final class LoadedTables implements AutoCloseable {

    private final DuckDb database;
    private final String version;
    private final List<LoadedTable> tables;

    private LoadedTables(DuckDb database, String version, List<LoadedTable> tables) {
        this.database = database;
        this.version = version;
        this.tables = tables;
    }

    /// The tables of `database`, which now belongs to them. Their statistics are computed in the background.
    public static LoadedTables of(DuckDb database, List<FilledTable> filled) {
        String version = UUID.randomUUID().toString();
        List<LoadedTable> tables = database.withSession(session -> filled.stream()
                .map(table -> LoadedTable.of(session, database, version, table))
                .toList());
        LoadedTables all = new LoadedTables(database, version, tables);
        all.computeStatistics();
        return all;
    }

    /// On a session that was opened while the tables could not have been replaced yet.
    private void computeStatistics() {
        OpenTables open = open();
        Thread.ofPlatform().daemon().name("statistics").start(() -> {
            try (open) {
                tables.forEach(table -> table.computeStatistics(open.session()));
            }
        });
    }

    /// The tables with a session on them.
    OpenTables open() {
        return new OpenTables(this, database.open());
    }

    public DuckDb database() {
        return database;
    }

    public String version() {
        return version;
    }

    /// All of them, in the order of the command line.
    public List<LoadedTable> all() {
        return tables;
    }

    /// The one that is meant where none is named.
    public LoadedTable first() {
        return tables.getFirst();
    }

    /// The table of that name, without case, or the first one.
    ///
    /// @throws FleetException `invalid_request` if there is none of that name
    public LoadedTable named(Optional<String> name) {
        return name.map(this::find).orElseGet(this::first);
    }

    private LoadedTable find(String name) {
        return tables.stream()
                .filter(table -> table.name().text().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private FleetException unknown(String name) {
        String near = Suggestions.near(name, names()).didYouMean();
        String here = near.isEmpty() ? "; it has \"%s\"".formatted(String.join("\", \"", names())) : near;
        return FleetException.invalid("table", "\"%s\" is no table of this node%s".formatted(name, here));
    }

    public List<String> names() {
        return tables.stream().map(table -> table.name().text()).toList();
    }

    /// The rows of all of them.
    public long rowCount() {
        return tables.stream().mapToLong(LoadedTable::rowCount).sum();
    }

    /// What all of them take in memory, in bytes.
    public long sizeBytes() {
        return tables.stream().mapToLong(LoadedTable::sizeBytes).sum();
    }

    /// The bytes of the objects that they were loaded from.
    public long objectBytes() {
        return tables.stream().mapToLong(table -> table.source().objectBytes()).sum();
    }

    @Override
    public void close() {
        database.close();
    }
}
