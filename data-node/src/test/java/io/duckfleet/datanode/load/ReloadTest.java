package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.S3Server;
import io.duckfleet.datanode.table.LoadProgress;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.OpenTables;
import io.duckfleet.datanode.table.TableSlot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ReloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
        server.put("t.csv", CsvFixture.utf8("a\n1\n2\n"));
    }

    @AfterEach
    void stop() {
        slot.close();
        scratch.close();
    }

    @Test
    void servesTheNewTableOnceItIsWhole() {
        LoadService loads = loaded(Optional.empty());
        String before = slot.tables().version();
        server.put("t.csv", CsvFixture.utf8("a,b\n1,x\n2,y\n3,z\n"));

        LoadedTables table = loads.reload();

        assertThat(slot.tables()).isSameAs(table);
        assertThat(table.rowCount()).isEqualTo(3);
        assertThat(table.first().columnNames()).containsExactly("a", "b");
        assertThat(table.version()).isNotEqualTo(before);
        assertThat(count("succeeded")).isEqualTo(1);
    }

    @Test
    void letsQueriesUnderWayFinishOnTheOldTable() {
        LoadService loads = loaded(Optional.empty());
        OpenTables old = slot.open();
        server.put("t.csv", CsvFixture.utf8("a\n7\n"));

        loads.reload();

        try (old) {
            assertThat(old.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
        }
        try (OpenTables now = slot.open()) {
            assertThat(now.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(7);
        }
    }

    /// Whoever asks meanwhile gets the one table or the other, whole, and always an answer.
    @Test
    void answersReadersThroughoutReloads() {
        server.put("t.csv", table(1));
        LoadService loads = loaded(Optional.empty());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    while (!done.get()) {
                        seen.add(summary());
                    }
                }))
                .limit(2)
                .toList();

        for (int version = 2; version <= 4; version++) {
            server.put("t.csv", table(version));
            loads.reload();
            String now = "%d rows of %d".formatted(100_000 * version, version);
            await(() -> seen.contains(now) || readers.stream().anyMatch(CompletableFuture::isDone));
        }

        done.set(true);
        readers.forEach(CompletableFuture::join);
        assertThat(seen)
                .contains("200000 rows of 2", "300000 rows of 3", "400000 rows of 4")
                .isSubsetOf("100000 rows of 1", "200000 rows of 2", "300000 rows of 3", "400000 rows of 4");
    }

    /// 100,000 rows for each version, all of which name it.
    private static byte[] table(int version) {
        return CsvFixture.utf8("a\n" + "%d\n".formatted(version).repeat(100_000 * version));
    }

    private String summary() {
        try (OpenTables open = slot.open()) {
            return open.session()
                    .queryTexts("SELECT count(*) || ' rows of ' || string_agg(DISTINCT a, ' ') FROM t")
                    .getFirst();
        }
    }

    @Test
    void keepsTheOldTableWhenAReloadFails() {
        LoadService loads = loaded(Optional.empty());
        LoadedTables before = slot.tables();
        server.put("t.csv", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.LOAD_FAILED);
        assertThat(error.detail()).startsWith("s3://files/t.csv is broken");
        assertThat(slot.tables()).isSameAs(before);
        assertThat(loads.reloads().lastFailure().orElseThrow().reason()).isEqualTo(error.detail());
        assertThat(count("failed")).isEqualTo(1);
        try (OpenTables open = slot.open()) {
            assertThat(open.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
        }
    }

    @Test
    void forgetsAFailureAfterTheNextSuccess() {
        LoadService loads = loaded(Optional.empty());
        server.put("t.csv", new byte[0]);
        assertThatThrownBy(loads::reload).isInstanceOf(FleetException.class);
        server.put("t.csv", CsvFixture.utf8("a\n5\n"));

        loads.reload();

        assertThat(loads.reloads()).isEqualTo(ReloadStatus.NONE);
    }

    @Test
    void refusesASecondTableThatDoesntFit() {
        server.put("t.csv", CsvFixture.utf8("a\n" + "some text that takes room\n".repeat(400_000)));
        LoadService loads = loaded(Optional.of("100MB"));
        LoadedTables before = slot.tables();
        server.put("t.csv", CsvFixture.utf8("a\n" + "other text that takes room\n".repeat(8_000_000)));

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_ENOUGH_MEMORY);
        assertThat(error.detail()).contains("beside the table that is served");
        assertThat(slot.tables()).isSameAs(before);
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void refusesAReloadBeforeThereIsATable() {
        LoadService loads = service(Optional.empty());

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_READY);
    }

    @Test
    void loadsWhatHasChangedByItself() {
        LoadService loads = loaded(Optional.empty());
        String before = slot.tables().version();
        try (LoadWatch watch = new LoadWatch(loads)) {
            watch.start(Duration.ofMillis(10));
            server.put("t.csv", CsvFixture.utf8("a\n40\n2\n"));

            await(() -> !slot.tables().version().equals(before));

            try (OpenTables open = slot.open()) {
                assertThat(open.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(42);
            }
        }
    }

    @Test
    void leavesWhatHasNotChanged() {
        LoadService loads = loaded(Optional.empty());
        LoadedTables before = slot.tables();

        loads.reloadIfChanged();

        assertThat(slot.tables()).isSameAs(before);
        assertThat(count("succeeded")).isZero();
    }

    @Test
    void goesOnLookingAfterAFailure() {
        LoadService loads = loaded(Optional.empty());
        String before = slot.tables().version();
        try (LoadWatch watch = new LoadWatch(loads)) {
            server.put("t.csv", new byte[0]);
            watch.start(Duration.ofMillis(10));
            await(() -> loads.reloads().lastFailure().isPresent());
            server.put("t.csv", CsvFixture.utf8("a\n9\n"));

            await(() -> !slot.tables().version().equals(before));

            assertThat(slot.tables().rowCount()).isEqualTo(1);
        }
    }

    @Test
    void loadsSeveralTablesAgainTogether() {
        server.put("u.csv", CsvFixture.utf8("a,n\n1,one\n2,two\n"));
        LoadService loads = loaded(service(Optional.empty(), new LoadRequests(List.of(request("t"), request("u")))));
        String before = slot.tables().version();
        server.put("u.csv", CsvFixture.utf8("a,n\n2,zwei\n"));

        loads.reloadIfChanged();

        assertThat(slot.tables().version()).isNotEqualTo(before);
        assertThat(slot.tables().all())
                .allSatisfy(table ->
                        assertThat(table.version()).isEqualTo(slot.tables().version()));
        try (OpenTables open = slot.open()) {
            assertThat(open.session().queryTexts("SELECT n FROM t JOIN u USING (a)"))
                    .containsExactly("zwei");
        }
    }

    @Test
    void keepsAllTablesWhenOneCantBeLoadedAgain() {
        server.put("u.csv", CsvFixture.utf8("a,n\n1,one\n"));
        LoadService loads = loaded(service(Optional.empty(), new LoadRequests(List.of(request("t"), request("u")))));
        LoadedTables before = slot.tables();
        server.put("t.csv", CsvFixture.utf8("a\n5\n"));
        server.put("u.csv", new byte[0]);

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.detail()).startsWith("s3://files/u.csv is empty");
        assertThat(slot.tables()).isSameAs(before);
        try (OpenTables open = slot.open()) {
            assertThat(open.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
        }
    }

    @Test
    void tellsTheProgressOfAllTablesTogether() {
        server.put("u.csv", CsvFixture.utf8("a\n" + "1\n".repeat(1_000)));
        LoadRequests requests = new LoadRequests(List.of(request("t"), request("u")));
        AtomicReference<LoadProgress> last = new AtomicReference<>(LoadProgress.NONE);

        try (LoadedTables tables = loader(Optional.empty()).load(requests, new LoadMeter(last::set))) {
            assertThat(last.get().rows()).isEqualTo(1_002).isEqualTo(tables.rowCount());
            assertThat(last.get().bytesRead()).isEqualTo(last.get().bytesTotal());
            assertThat(last.get().bytesTotal()).isEqualTo(tables.objectBytes());
            assertThat(tables.sizeBytes()).isPositive();
        }
    }

    private LoadService loaded(Optional<String> memoryLimit) {
        return loaded(service(memoryLimit));
    }

    private LoadService loaded(LoadService loads) {
        loads.start();
        await(() -> slot.state() instanceof NodeState.Ready && !loads.busy());
        return loads;
    }

    private LoadService service(Optional<String> memoryLimit) {
        return service(memoryLimit, LoadRequests.of(request("t")));
    }

    private static LoadRequest request(String table) {
        return LoadRequest.of(ObjectPattern.parse("s3://files/%s.csv".formatted(table)), new TableName(table));
    }

    private LoadService service(Optional<String> memoryLimit, LoadRequests requests) {
        CompletableFuture<String> failure = new CompletableFuture<>();
        return new LoadService(
                loader(memoryLimit),
                requests,
                slot,
                new LoadMetrics(registry),
                new ProgressDisplay.InLog(),
                Clock.systemUTC(),
                failure::complete);
    }

    private TableLoader loader(Optional<String> memoryLimit) {
        DuckDbSettings settings = DuckDbSettings.in(scratch.path()).withMemoryLimit(memoryLimit);
        return new TableLoader(client, settings, scratch, Clock.systemUTC());
    }

    private double count(String outcome) {
        return registry.counter("duckfleet.node.reloads", "outcome", outcome).count();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it didn't come to that");
            }
            Thread.onSpinWait();
        }
    }

    private interface Condition {
        boolean holds();
    }
}
