package io.duckfleet.datanode.fragment;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.BoundedCopy;
import io.duckfleet.common.results.ForwardedJson;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.ResultLimit;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.datanode.query.StatementGate;
import io.duckfleet.datanode.query.TableLease;
import io.duckfleet.datanode.query.TableQueries;
import io.duckfleet.datanode.table.LoadedTables;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Runs fragments, each on a session of its own whose temp tables are its key sets.
public final class FragmentService {

    /// Values of a column of a row group up to which they travel as a dictionary.
    private static final int LARGEST_DICTIONARY = 1_000;

    private final TableQueries queries;
    private final ScratchDirectory scratch;
    private final Duration longest;
    private final ResultLimit largest;
    private final Results results;
    private final Map<String, StopSignal> running = new ConcurrentHashMap<>();

    /// `longest` is the deadline of fragments that bring none, and the latest that one may bring.
    public FragmentService(TableQueries queries, ScratchDirectory scratch, Duration longest, ResultLimit largest) {
        this.queries = queries;
        this.scratch = scratch;
        this.longest = longest;
        this.largest = largest;
        this.results = new Results(scratch, largest);
    }

    /// Runs the fragment; `keyFiles` are the Parquet files of its key sets, in their order. Rows keep the
    /// order that the SQL gives them.
    FragmentAnswer run(FragmentRequest request, List<Path> keyFiles, FragmentForm form, StopSignal signal) {
        if (running.putIfAbsent(request.id(), signal) != null) {
            throw FleetException.invalid("fragment_id", "a fragment of this id runs already");
        }
        try {
            Duration limit = request.deadline()
                    .filter(asked -> asked.compareTo(longest) < 0)
                    .orElse(longest);
            return queries.run(signal, limit, lease -> {
                try (lease) {
                    return answer(lease, request, keyFiles, form);
                }
            });
        } finally {
            running.remove(request.id());
        }
    }

    /// The version of the tables that are here now.
    String version() {
        return queries.tables().version();
    }

    /// Stops the fragment, if it runs.
    void cancel(String id) {
        StopSignal signal = running.get(id);
        if (signal != null) {
            signal.stop(StopSignal.Reason.CANCELLED);
        }
    }

    private FragmentAnswer answer(TableLease lease, FragmentRequest request, List<Path> keyFiles, FragmentForm form) {
        long start = System.nanoTime();
        requireVersion(lease.tables(), request);
        loadKeySets(lease.session(), request, keyFiles);
        SelectStatement statement =
                StatementGate.admit(lease.session(), request.sql(), tables(lease.tables(), request));
        Path file = scratch.newFile("fragment");
        long rows = switch (form) {
            case FragmentForm.Parquet parquet -> copy(lease.session(), statement, file, parquet.compression());
            case FragmentForm.Json json -> write(lease.session(), statement, file, json.numbers());
        };
        return new FragmentAnswer(
                form.format(),
                file,
                rows,
                Duration.ofNanos(System.nanoTime() - start),
                lease.tables().version());
    }

    private static void requireVersion(LoadedTables tables, FragmentRequest request) {
        request.tableVersion()
                .filter(version -> !version.equals(tables.version()))
                .ifPresent(version -> {
                    throw new FleetException(
                                    ErrorCode.TABLE_VERSION_CHANGED,
                                    "table version %s was planned for, %s is here now; plan again"
                                            .formatted(version, tables.version()))
                            .with("table_version", tables.version());
                });
    }

    private static List<String> tables(LoadedTables tables, FragmentRequest request) {
        List<String> names = new ArrayList<>(tables.names());
        for (FragmentRequest.KeySet set : request.keySets()) {
            if (tables.all().stream().anyMatch(table -> table.name().equals(set.name()))) {
                throw FleetException.invalid("key_sets", "\"%s\" is the name of a table".formatted(set.name()));
            }
            names.add(set.name().text());
        }
        return names;
    }

    private static void loadKeySets(Session session, FragmentRequest request, List<Path> keyFiles) {
        if (keyFiles.size() != request.keySets().size()) {
            throw FleetException.invalid(
                    "key_sets",
                    "%d are listed, %d Parquet parts were sent"
                            .formatted(request.keySets().size(), keyFiles.size()));
        }
        for (int i = 0; i < keyFiles.size(); i++) {
            loadKeySet(session, request.keySets().get(i), keyFiles.get(i));
        }
    }

    private static void loadKeySet(Session session, FragmentRequest.KeySet set, Path file) {
        TableName name = set.name();
        String columns = set.columns().isEmpty() ? "*" : Identifiers.quoteAll(set.columns());
        session.execute("CREATE TEMP TABLE %s AS SELECT %s FROM read_parquet(%s)"
                .formatted(name.quoted(), columns, Identifiers.literal(file.toString())));
    }

    private long write(Session session, SelectStatement statement, Path file, JsonNumbers numbers) {
        try (ReadyResult result =
                        results.run(session, statement, ResultFormat.JSON, numbers, ForwardedJson.TYPES_ALONE);
                OutputStream out = Files.newOutputStream(file)) {
            return result.writeTo(out);
        } catch (IOException e) {
            delete(file);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The second version of the format is quicker to write and to read, and half as large. Without a limit
    /// on dictionaries, one is begun and given up for every column of many values (docs/decisions/015).
    private long copy(Session session, SelectStatement statement, Path file, ParquetCompression compression) {
        String options = "FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT %d, COMPRESSION %s"
                .formatted(LARGEST_DICTIONARY, compression.duckDbName());
        return BoundedCopy.run(session, StatementReader.asSubquery(session, statement), file, options, largest);
    }
}
