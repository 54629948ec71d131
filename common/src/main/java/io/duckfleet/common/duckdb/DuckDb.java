package io.duckfleet.common.duckdb;

import io.duckfleet.common.sql.Identifiers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// One DuckDB instance. Sessions are connections of their own on it, made in microseconds; temp tables belong
/// to a session and go with it. Thread-safe; a session is not.
public final class DuckDb implements AutoCloseable {

    /// In DuckDB 1.5.5 it filters below a LIMIT (github.com/duckdb/duckdb/pull/22963, fixed after 1.5) and
    /// loses rows of grouped sides (issue 22075): wrong answers, now and then (docs/decisions/022).
    private static final String WRONG_OPTIMIZER = "join_filter_pushdown";

    /// It turns ORDER BY and LIMIT into a join of the table with its own chosen rows, and counts on the
    /// filter that the other one pushes: without that, every column of every row is read
    /// (docs/decisions/045).
    private static final String DEPENDENT_OPTIMIZER = "late_materialization";

    private final DuckDBConnection root;
    private final OptionalLong maxSpill;

    private DuckDb(DuckDBConnection root, OptionalLong maxSpill) {
        this.root = root;
        this.maxSpill = maxSpill;
    }

    /// A new instance in memory.
    public static DuckDb inMemory(DuckDbSettings settings) {
        return open("jdbc:duckdb:", settings);
    }

    /// The instance of the database file `file`, which is made if it is missing. One process at a time can
    /// hold it.
    public static DuckDb onFile(Path file, DuckDbSettings settings) {
        return open("jdbc:duckdb:" + file.toAbsolutePath(), settings);
    }

    private static DuckDb open(String url, DuckDbSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("errors_as_json", "true");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("extension_directory", Extensions.directory().toString());
        properties.setProperty(
                "temp_directory", settings.tempDirectory().toAbsolutePath().toString());
        properties.setProperty(
                "memory_limit", settings.memoryLimit().orElseGet(MemoryBudget.ofThisProcess()::duckDbLimit));
        settings.threads().ifPresent(count -> properties.setProperty("threads", Integer.toString(count)));
        try {
            DuckDBConnection root = (DuckDBConnection) new DuckDBDriver().connect(url, properties);
            UnpackedLibrary.delete();
            try (Statement statement = root.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
                statement.execute(
                        "SET GLOBAL disabled_optimizers = '%s,%s'".formatted(WRONG_OPTIMIZER, DEPENDENT_OPTIMIZER));
            }
            return new DuckDb(root, settings.maxSpill());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// A session of its own, to be closed by the caller.
    public Session open() {
        try {
            return new Session(root.duplicate());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// Lends a session for the time of `work`.
    public <T> T withSession(SessionWork<T> work) {
        try (Session session = open()) {
            return work.run(session);
        }
    }

    /// Closes the instance to the outside for ever: no file but under `allowedDirectories` (which may be
    /// `s3://bucket/`), no network beyond them, no setting (but a session's search path), no extension; nor
    /// may they spill more than the settings allow. Statements still can write there: callers' statements
    /// must be SELECTs, see `io.duckfleet.common.sql`.
    public void lock(List<String> allowedDirectories) {
        String directories =
                allowedDirectories.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "[", "]"));
        withSession(session -> {
            session.execute("SET allowed_directories = " + directories);
            if (maxSpill.isPresent()) {
                limitSpill(session, maxSpill.getAsLong());
            }
            session.execute("SET enable_external_access = false");
            session.execute("SET lock_configuration = true");
            return true;
        });
    }

    /// What is spilled already (a table may be larger than the memory) doesn't count.
    private static void limitSpill(Session session, long bytes) {
        long spilled = session.queryLong("SELECT coalesce(sum(size), 0)::BIGINT FROM duckdb_temporary_files()");
        session.execute("SET GLOBAL max_temp_directory_size = '%d bytes'".formatted(spilled + bytes));
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
