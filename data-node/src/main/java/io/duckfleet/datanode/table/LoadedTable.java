package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A table that is whole. `version` is that of the load of which it came. Thread-safe.
public final class LoadedTable {

    private final DuckDb database;
    private final TableName name;
    private final TableSource source;
    private final String version;
    private final List<TableColumn> columns;
    private final long rowCount;
    private final long sizeBytes;
    private final CompletableFuture<List<ColumnStatistics>> statistics;

    private LoadedTable(DuckDb database, String version, FilledTable filled, List<TableColumn> columns, long rowCount) {
        this.database = database;
        this.name = filled.name();
        this.source = filled.source();
        this.version = version;
        this.columns = List.copyOf(columns);
        this.rowCount = rowCount;
        this.sizeBytes = filled.sizeBytes();
        this.statistics = new CompletableFuture<>();
    }

    /// The table of `database` that was filled.
    static LoadedTable of(Session session, DuckDb database, String version, FilledTable filled) {
        String name = filled.name().quoted();
        List<TableColumn> columns = columns(
                session.queryTexts("SELECT column_name FROM (DESCRIBE %s)".formatted(name)),
                session.queryTexts("SELECT column_type FROM (DESCRIBE %s)".formatted(name)));
        return new LoadedTable(database, version, filled, columns, session.queryLong("SELECT count(*) FROM " + name));
    }

    private static List<TableColumn> columns(List<String> names, List<String> types) {
        List<TableColumn> columns = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            columns.add(new TableColumn(names.get(i), types.get(i)));
        }
        return columns;
    }

    /// Whoever waits for the statistics gets them, or the failure.
    void computeStatistics(Session session) {
        try {
            statistics.complete(TableStatistics.compute(session, name, columns));
        } catch (RuntimeException e) {
            statistics.completeExceptionally(e);
        }
    }

    /// The DuckDB that it lies in, beside the node's other tables.
    public DuckDb database() {
        return database;
    }

    public TableName name() {
        return name;
    }

    public TableSource source() {
        return source;
    }

    public String version() {
        return version;
    }

    public List<TableColumn> columns() {
        return columns;
    }

    public List<String> columnNames() {
        return columns.stream().map(TableColumn::name).toList();
    }

    public long rowCount() {
        return rowCount;
    }

    /// What the table takes in memory (and on disk, where DuckDB has moved some of it there), in bytes.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// The statistics, one per column; waits until they are computed.
    public List<ColumnStatistics> statistics() {
        return statistics.join();
    }
}
