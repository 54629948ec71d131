package io.duckfleet.benchmarks.query;

import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A DuckDB that has another one attached by quack, which serves the tables of TPC-H. A statement may read
/// one attached table only, so each one that a query names becomes a temp table first: the columns that the
/// query names, all rows.
final class QuackClient implements AutoCloseable {

    private final ChildProcess server;
    private final DuckDb client;
    private final Map<String, List<String>> columnsByTable;
    private final Map<String, List<String>> copies = new HashMap<>();

    /// Starts the server with tables of this scale factor; `columnsByTable` are its tables.
    QuackClient(Workshop workshop, double scale, Map<String, List<String>> columnsByTable) throws IOException {
        this.columnsByTable = Map.copyOf(columnsByTable);
        String token = UUID.randomUUID().toString();
        int port = Workshop.freePort();
        server = ChildProcess.main(
                TpchQuack.class,
                workshop.s3Environment(),
                List.of(Integer.toString(port), token, Double.toString(scale)));
        server.awaitLine(TpchQuack.READY);
        client = AsItComes.duckDb(workshop.duckDb());
        client.withSession(session -> {
            Extensions.QUACK.load(session);
            session.execute("CREATE SECRET (TYPE quack, TOKEN %s)".formatted(Identifiers.literal(token)));
            session.execute("ATTACH 'quack:localhost:%d' AS n".formatted(port));
            return true;
        });
    }

    /// The answer, in a form in which it can be compared.
    List<String> ask(String sql) {
        try (Session session = client.open()) {
            copies.computeIfAbsent(sql, this::copiesFor).forEach(session::execute);
            return session.query(sql, Answers::of);
        }
    }

    private List<String> copiesFor(String sql) {
        return columnsByTable.entrySet().stream()
                .filter(table -> names(sql, table.getKey()))
                .map(table -> "CREATE TEMP TABLE %1$s AS SELECT %2$s FROM n.%1$s"
                        .formatted(table.getKey(), needed(sql, table.getValue())))
                .toList();
    }

    private static String needed(String sql, List<String> columns) {
        List<String> named =
                columns.stream().filter(column -> names(sql, column)).toList();
        return named.isEmpty() ? columns.getFirst() : String.join(", ", named);
    }

    private static boolean names(String sql, String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(sql).find();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
