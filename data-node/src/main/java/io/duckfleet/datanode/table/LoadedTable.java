package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A table that is whole, in a DuckDB of its own that is locked. `version` is another one for each load, also
/// of the same object. Thread-safe.
public final class LoadedTable implements AutoCloseable {

    private static final String SIZE = """
            SELECT coalesce(sum(memory_usage_bytes + temporary_storage_bytes), 0)::BIGINT
            FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'""";

    private final DuckDb database;
    private final TableName name;
    private final TableSource source;
    private final String version;
    private final List<TableColumn> columns;
    private final long rowCount;
    private final long sizeBytes;
    private final CompletableFuture<List<ColumnStatistics>> statistics;

    private LoadedTable(
            DuckDb database,
            TableName name,
            TableSource source,
            List<TableColumn> columns,
            long rowCount,
            long sizeBytes) {
        this.database = database;
        this.name = name;
        this.source = source;
        this.version = UUID.randomUUID().toString();
        this.columns = List.copyOf(columns);
        this.rowCount = rowCount;
        this.sizeBytes = sizeBytes;
        this.statistics = new CompletableFuture<>();
    }

    /// The table `name` of `database`, which now belongs to it. Its statistics are computed in the
    /// background.
    public static LoadedTable of(DuckDb database, TableName name, TableSource source) {
        LoadedTable table = database.withSession(session -> new LoadedTable(
                database,
                name,
                source,
                columns(
                        session.queryTexts("SELECT column_name FROM (DESCRIBE %s)".formatted(name.quoted())),
                        session.queryTexts("SELECT column_type FROM (DESCRIBE %s)".formatted(name.quoted()))),
                session.queryLong("SELECT count(*) FROM " + name.quoted()),
                session.queryLong(SIZE)));
        Session session = database.open();
        Thread.ofPlatform().daemon().name("statistics").start(() -> table.computeStatistics(session));
        return table;
    }

    private static List<TableColumn> columns(List<String> names, List<String> types) {
        List<TableColumn> columns = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            columns.add(new TableColumn(names.get(i), types.get(i)));
        }
        return columns;
    }

    /// On a session that was opened while the table could not have been replaced yet.
    private void computeStatistics(Session session) {
        try (session) {
            statistics.complete(TableStatistics.compute(session, name, columns));
        } catch (RuntimeException e) {
            statistics.completeExceptionally(e);
        }
    }

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

    @Override
    public void close() {
        database.close();
    }
}
