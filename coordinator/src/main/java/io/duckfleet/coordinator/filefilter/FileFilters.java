package io.duckfleet.coordinator.filefilter;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.catalogue.CatalogTables;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.lake.UnreadFiles;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LakeSessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/// Tells which files of the lake don't hold a text in a column, so that a record of a random id is found
/// without a look at all ids. A column's filters are made in the background once it is asked for, from
/// its files, which never change. Thread-safe.
public final class FileFilters implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FileFilters.class);
    private static final String TEXT = "VARCHAR";

    private final LakeSessions lake;
    private final String catalogSchema;
    private final long mostBytes;
    private final ExecutorService learner = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("file-filters").factory());
    private final Map<String, TextColumns> columnsOfName = new ConcurrentHashMap<>();
    private final Map<ColumnId, ColumnFilters> filters = new LinkedHashMap<>();
    private final AtomicLong leftOut = new AtomicLong();

    /// Filters of at most `mostBytes` in all; 0 for none.
    public FileFilters(LakeSessions lake, String catalogSchema, long mostBytes) {
        this.lake = lake;
        this.catalogSchema = catalogSchema;
        this.mostBytes = mostBytes;
    }

    /// `duckfleet_coordinator_file_filters` and `.._file_filter_bytes`, and the files that they have left out,
    /// `.._files_left_out_total`.
    public void register(MeterRegistry registry) {
        Gauge.builder("duckfleet.coordinator.file.filters", this, all -> all.sum(ColumnFilters::size))
                .description("files whose values of a column are known")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.file.filter.bytes", this, all -> all.sum(ColumnFilters::bytes))
                .description("memory that is held for that")
                .register(registry);
        FunctionCounter.builder("duckfleet.coordinator.files.left.out", leftOut, AtomicLong::get)
                .description("files that lookups didn't have to read for that")
                .register(registry);
    }

    /// The files of `tables` that have no record with `text` in their column `name`, as far as that is known.
    /// Columns of other types than text aren't looked at.
    ///
    /// @param schema what the tables are of
    /// @throws FleetException `catalog_unreachable` while the lake is away
    public UnreadFiles without(String text, String name, List<TableShape> tables, LakeSchema schema) {
        List<TableShape> possible =
                tables.stream().filter(table -> isPossible(table, name)).toList();
        if (mostBytes == 0 || possible.isEmpty()) {
            return UnreadFiles.NONE;
        }
        UnreadFiles files = lake.ask(session -> without(session, text, name, possible, schema.version()));
        leftOut.addAndGet(
                files.ofTables().values().stream().mapToLong(List::size).sum());
        return files;
    }

    /// A column of the table's own would hide what DuckLake calls by that name.
    private static boolean isPossible(TableShape table, String name) {
        List<Column> columns = table.columns();
        return columns.stream()
                        .anyMatch(column -> column.name().equalsIgnoreCase(name)
                                && column.type().equals(TEXT))
                && columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(UnreadFiles.FILENAME));
    }

    private UnreadFiles without(
            Session session, String text, String name, List<TableShape> tables, long schemaVersion) {
        TextColumns columns = columns(session, name, schemaVersion);
        Map<String, List<String>> files = new HashMap<>();
        long hash = FileFilter.hash(session, text);
        for (TableShape table : tables) {
            columns.of(table.name()).ifPresent(id -> files.put(table.name(), ask(id, table, name, columns, hash)));
        }
        return new UnreadFiles(files);
    }

    private TextColumns columns(Session session, String name, long schemaVersion) {
        TextColumns known = columnsOfName.get(name);
        if (known != null && known.schemaVersion() == schemaVersion) {
            return known;
        }
        TextColumns read = TextColumns.read(catalog(session), schemaVersion, name);
        columnsOfName.put(name, read);
        return read;
    }

    private synchronized List<String> ask(ColumnId id, TableShape table, String name, TextColumns columns, long hash) {
        ColumnFilters ofColumn = filters.computeIfAbsent(id, first -> new ColumnFilters());
        if (ofColumn.isToBeLookedAt()) {
            learner.execute(() -> learn(id, table, name, columns.schemaVersion()));
        }
        return ofColumn.without(hash);
    }

    /// Goes on where it was next time if the lake is away, the schema changes, or there is no room.
    private void learn(ColumnId id, TableShape table, String name, long schemaVersion) {
        try {
            List<DataFile> files = lake.ask(session -> DataFile.worthFiltering(catalog(session), id.table()));
            for (DataFile file : missing(id, files)) {
                if (!hasRoomFor(file)) {
                    return;
                }
                FileFilter filter = lake.ask(session -> FileFilter.read(session, table, name, file));
                if (lake.schema().version() != schemaVersion) {
                    return;
                }
                add(id, file, filter);
            }
        } catch (FleetException e) {
            LOG.debugf("no filter of %s.%s for now: %s", table.name(), name, e.detail());
        } finally {
            looked(id);
        }
    }

    private synchronized List<DataFile> missing(ColumnId id, List<DataFile> files) {
        return of(id).map(known -> known.missingOf(files)).orElse(List.of());
    }

    private synchronized boolean hasRoomFor(DataFile file) {
        long wanted = FileFilter.bytes(file.records());
        if (bytes() + wanted > mostBytes) {
            filters.values().removeIf(ColumnFilters::isForgotten);
        }
        return bytes() + wanted <= mostBytes;
    }

    private synchronized void add(ColumnId id, DataFile file, FileFilter filter) {
        of(id).ifPresent(known -> known.add(file, filter));
    }

    private synchronized void looked(ColumnId id) {
        of(id).ifPresent(ColumnFilters::lookedAt);
    }

    private Optional<ColumnFilters> of(ColumnId id) {
        return Optional.ofNullable(filters.get(id));
    }

    private long bytes() {
        return sum(ColumnFilters::bytes);
    }

    private synchronized long sum(ToLongFunction<ColumnFilters> figure) {
        return filters.values().stream().mapToLong(figure).sum();
    }

    private CatalogTables catalog(Session session) {
        return new CatalogTables(session, catalogSchema);
    }

    @Override
    public void close() {
        learner.shutdownNow();
    }
}
