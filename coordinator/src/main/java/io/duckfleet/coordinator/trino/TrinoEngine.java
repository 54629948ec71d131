package io.duckfleet.coordinator.trino;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.ResultLimit;
import io.trino.jdbc.TrinoDriver;
import io.trino.jdbc.TrinoResultSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Has Trino answer a query. Only a caller's own choice leads here: the text is Trino's SQL, in which `7/2`
/// is 3. Thread-safe.
public final class TrinoEngine implements AutoCloseable {

    private final Optional<TrinoSettings> settings;
    private final Supplier<Set<String>> nodeTables;
    private final ResultLimit limit;
    private final TrinoMetrics metrics;
    private final TrinoDriver driver = new TrinoDriver();

    /// `nodeTables` are the names of the tables that Trino can't see, in small letters; more than `limit`
    /// isn't taken from Trino.
    public TrinoEngine(
            Optional<TrinoSettings> settings,
            Supplier<Set<String>> nodeTables,
            ResultLimit limit,
            TrinoMetrics metrics) {
        this.settings = settings;
        this.nodeTables = nodeTables;
        this.limit = limit;
        this.metrics = metrics;
    }

    /// Runs the query and stores its rows in `session`, in place of those of an earlier one; `signal` stops
    /// it.
    ///
    /// @throws FleetException `trino_not_configured`; `not_a_select`; `unknown_table` for a table of a
    /// node; what Trino refuses; `trino_unreachable`, `result_too_large`, `cancelled`
    public TrinoAnswer ask(Session session, TrinoQuery query, StopSignal signal) {
        TrinoSettings trino = settings.orElseThrow(
                () -> new FleetException(
                        ErrorCode.TRINO_NOT_CONFIGURED,
                        "\"engine\": \"trino\" needs a Trino, and none is configured; set TRINO_URL for the coordinator, or leave \"engine\" out"));
        TrinoText text = TrinoText.of(query.sql());
        refuseNodeTables(text);
        long start = System.nanoTime();
        try {
            return ask(session, query, text, trino, signal);
        } finally {
            signal.release();
            metrics.took(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private TrinoAnswer ask(Session session, TrinoQuery query, TrinoText text, TrinoSettings trino, StopSignal signal) {
        try (Connection connection = driver.connect(trino.jdbcUrl(), trino.properties());
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(query.within().toSeconds() + 1));
            TrinoCall call = new TrinoCall(statement);
            try (ResultSet result = call.start(text.toSend(query.wanted()), signal)) {
                TrinoRows rows = TrinoRows.prepare(session, result);
                rows.store(session, result, call, query.limit().orElse(Long.MAX_VALUE), limit);
                metrics.came(rows.count());
                return new TrinoAnswer(result.unwrap(TrinoResultSet.class).getQueryId(), rows.select(), text.tables());
            } catch (SQLException e) {
                call.requireGoing();
                throw e;
            }
        } catch (SQLException e) {
            throw TrinoErrors.translate(e, trino, text, query.wanted());
        }
    }

    private void refuseNodeTables(TrinoText text) {
        Set<String> onNodes = nodeTables.get();
        String found = text.tables().stream()
                .filter(name -> onNodes.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            throw new FleetException(
                    ErrorCode.UNKNOWN_TABLE,
                    "%s is on a data node, and Trino sees the tables of the lake alone; leave \"engine\" out, or name a table of the lake with its schema (public.t)"
                            .formatted(found));
        }
    }

    @Override
    public void close() {
        try {
            driver.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
