package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.S3Server;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.OpenTables;
import io.duckfleet.datanode.table.TableSlot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/// A node's tables without the node's HTTP, loaded from `s3://files/NAME.csv`. `t` holds 1 and 2 as `a`.
abstract class ReloadFixture {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private static S3Server server;
    private static S3Client client;

    private ScratchDirectory scratch;
    private TableSlot slot;
    private SimpleMeterRegistry registry;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
        client = server.client();
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close();
    }

    @BeforeEach
    void start() {
        scratch = ScratchDirectory.create("test");
        slot = new TableSlot();
        registry = new SimpleMeterRegistry();
        put("t", "a\n1\n2\n");
    }

    @AfterEach
    void stop() {
        slot.close();
        scratch.close();
    }

    static void put(String table, String csv) {
        put(table, CsvFixture.utf8(csv));
    }

    static void put(String table, byte[] content) {
        server.put(table + ".csv", content);
    }

    OpenTables open() {
        return slot.open();
    }

    /// What is served now.
    LoadedTables tables() {
        return slot.tables();
    }

    /// How many reloads ended so.
    double count(String outcome) {
        return registry.counter("duckfleet.node.reloads", "outcome", outcome).count();
    }

    long queryLong(String sql) {
        return ask(session -> session.queryLong(sql));
    }

    List<String> queryTexts(String sql) {
        return ask(session -> session.queryTexts(sql));
    }

    private <T> T ask(Function<Session, T> question) {
        try (OpenTables open = open()) {
            return question.apply(open.session());
        }
    }

    /// The loads of a node that serves these tables by now.
    LoadService loaded(String... tables) {
        return loaded(service(Optional.empty(), tables));
    }

    /// The same with a bound on DuckDB's memory.
    LoadService loadedWithin(String memoryLimit, String... tables) {
        return loaded(service(Optional.of(memoryLimit), tables));
    }

    private LoadService loaded(LoadService loads) {
        loads.start();
        await(() -> slot.state() instanceof NodeState.Ready && !loads.busy());
        return loads;
    }

    LoadService service(Optional<String> memoryLimit, String... tables) {
        CompletableFuture<String> failure = new CompletableFuture<>();
        return new LoadService(
                loader(memoryLimit),
                requests(tables),
                slot,
                new LoadMetrics(registry),
                new ProgressDisplay.InLog(),
                Clock.systemUTC(),
                failure::complete);
    }

    TableLoader loader(Optional<String> memoryLimit) {
        DuckDbSettings settings = DuckDbSettings.in(scratch.path()).withMemoryLimit(memoryLimit);
        return new TableLoader(client, settings, scratch, Clock.systemUTC());
    }

    static LoadRequests requests(String... tables) {
        return new LoadRequests(Arrays.stream(tables)
                .map(table ->
                        LoadRequest.of(ObjectPattern.parse("s3://files/%s.csv".formatted(table)), new TableName(table)))
                .toList());
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it didn't come to that");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
