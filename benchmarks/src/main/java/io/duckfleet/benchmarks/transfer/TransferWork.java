package io.duckfleet.benchmarks.transfer;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.BenchmarkFiles;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.DataNodeProcess;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// Five million rows of four columns, at scale 1. Memory is that of the serving process.
public final class TransferWork implements Work {

    /// The projection that moves.
    static final String PROJECTION = "SELECT id, customer_id, amount, country FROM t";

    /// Reads every value of `%s` and counts the rows.
    private static final String READ_ALL = """
            SELECT count(*), sum(id), sum(customer_id), sum(amount), sum(strlen(country)) FROM %s""";

    private static final long ROWS = 5_000_000;
    private static final String KEY = "transfer.csv.gz";

    private final long rows;
    private final Path file;
    private final Path parquet;
    private final DataNodeProcess node;
    private final ChildProcess quack;
    private final DuckDb client;
    private final NodeFragments fragments;

    public TransferWork(Workshop workshop, double scale) throws IOException {
        rows = Math.max(1, Math.round(ROWS * scale));
        file = workshop.scratch().newFile("transfer");
        parquet = workshop.scratch().newFile("floor");
        BenchmarkFiles.writeCsv(workshop, file, rows);
        workshop.store().put(Workshop.BUCKET, KEY, file);
        node = DataNodeProcess.start(workshop, KEY);
        String token = UUID.randomUUID().toString();
        int port = Workshop.freePort();
        quack = ChildProcess.main(
                QuackServer.class, workshop.s3Environment(), List.of(Integer.toString(port), token, file.toString()));
        quack.awaitLine(QuackServer.READY);
        client = DuckDb.inMemory(workshop.duckDb());
        fragments = new NodeFragments(node.address(), workshop.scratch());
        fragments.fetch(PROJECTION, parquet);
        attach(port, token);
    }

    private void attach(int port, String token) {
        client.withSession(session -> {
            Extensions.QUACK.load(session);
            session.execute("CREATE SECRET (TYPE quack, TOKEN %s)".formatted(Identifiers.literal(token)));
            session.execute("ATTACH 'quack:localhost:%d' AS n".formatted(port));
            return true;
        });
    }

    @Override
    public List<Race> races() {
        return List.of(
                new Race(
                        "2 transfer",
                        "A projection of 4 columns from a node into a temp table of another DuckDB.",
                        rows,
                        List.of(
                                new Contender("POST /fragments (Parquet)", Role.OURS, this::byFragments),
                                new Contender("quack ATTACH", Role.PEER, this::byQuack),
                                new Contender("POST /query (JSON)", Role.PEER, this::byJson),
                                new Contender("Parquet from memory", Role.FLOOR, this::fromMemory))),
                new Race(
                        "2 transfer, read once",
                        "The same projection read once by a query of another DuckDB, as the coordinator does: without a table.",
                        rows,
                        List.of(
                                new Contender("POST /fragments (Parquet)", Role.OURS, this::readFragments),
                                new Contender("quack ATTACH", Role.PEER, this::readQuack),
                                new Contender("Parquet from memory", Role.FLOOR, this::readFromMemory))));
    }

    private Measurement readFragments() throws Exception {
        PeakMemory.reset(node.pid());
        try (Session session = client.open()) {
            Measurement measurement =
                    Measurement.timing(() -> requireRows(fragments.fetchAndRead(session, PROJECTION, READ_ALL)));
            return measurement.withPeakBytes(PeakMemory.of(node.pid()));
        }
    }

    private Measurement readQuack() throws Exception {
        PeakMemory.reset(quack.pid());
        try (Session session = client.open()) {
            Measurement measurement =
                    Measurement.timing(() -> requireRows(session.queryLong(READ_ALL.formatted("n.t"))));
            return measurement.withPeakBytes(PeakMemory.of(quack.pid()));
        }
    }

    private Measurement readFromMemory() throws Exception {
        String file = "read_parquet(%s)".formatted(Identifiers.literal(parquet.toString()));
        try (Session session = client.open()) {
            return Measurement.timing(() -> requireRows(session.queryLong(READ_ALL.formatted(file))));
        }
    }

    private Measurement byFragments() throws Exception {
        PeakMemory.reset(node.pid());
        try (Session session = client.open()) {
            Measurement measurement = Measurement.timing(() -> fragments.fetchInto(session, PROJECTION));
            requireRows(session);
            return measurement.withPeakBytes(PeakMemory.of(node.pid()));
        }
    }

    private Measurement byQuack() throws Exception {
        PeakMemory.reset(quack.pid());
        try (Session session = client.open()) {
            Measurement measurement = Measurement.timing(() ->
                    session.execute("CREATE TEMP TABLE moved AS SELECT id, customer_id, amount, country FROM n.t"));
            requireRows(session);
            return measurement.withPeakBytes(PeakMemory.of(quack.pid()));
        }
    }

    private Measurement byJson() throws Exception {
        PeakMemory.reset(node.pid());
        try (Session session = client.open()) {
            Measurement measurement =
                    Measurement.timing(() -> new JsonTransfer(node.address()).fetchInto(session, PROJECTION));
            requireRows(session);
            return measurement.withPeakBytes(PeakMemory.of(node.pid()));
        }
    }

    private Measurement fromMemory() throws Exception {
        try (Session session = client.open()) {
            Measurement measurement =
                    Measurement.timing(() -> session.execute("CREATE TEMP TABLE moved AS FROM read_parquet(%s)"
                            .formatted(Identifiers.literal(parquet.toString()))));
            requireRows(session);
            return measurement;
        }
    }

    private void requireRows(Session session) {
        requireRows(session.queryLong("SELECT count(*) FROM moved"));
    }

    private void requireRows(long found) {
        if (found != rows) {
            throw new IllegalStateException("%d rows came of %d".formatted(found, rows));
        }
    }

    @Override
    public void close() {
        client.close();
        quack.close();
        node.close();
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
