package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.it.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nothing stays of queries, however they end: no session with its temp tables, no file, no thread, no
/// connection, no memory. `-Dduckfleet.cleanup.queries=10000` runs more of them.
@EnabledOnOs(OS.LINUX)
class CleanupIT {

    private static final int QUERIES = Integer.getInteger("duckfleet.cleanup.queries", 300);
    private static final int WARM_UP = 60;
    private static final int AT_ONCE = 6;

    /// What pools may hold more of than after warming up: threads, connections and files, not one a query.
    private static final int SLACK = 40;

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    @Test
    void nothingStaysOfQueriesHoweverTheyEnd() {
        run(WARM_UP);
        awaitRest();
        long files = openFiles(nodes.coordinator().service());
        long threads = threads(nodes.coordinator().service());
        double memory = nodes.coordinator().metric("duckfleet_coordinator_duckdb_memory_bytes");

        run(QUERIES);

        awaitRest();
        assertThat(openFiles(nodes.coordinator().service())).isLessThan(files + SLACK);
        assertThat(threads(nodes.coordinator().service())).isLessThan(threads + SLACK);
        assertThat(nodes.coordinator().metric("duckfleet_coordinator_duckdb_memory_bytes"))
                .isLessThan(memory + (32 << 20));
        assertThat(nodes.nodes())
                .allSatisfy(node -> assertThat(scratchFiles("node", node)).isEmpty());
        assertThat(scratchFiles("coordinator", nodes.coordinator().service())).isEmpty();
        assertThat(nodes.coordinator().query("SELECT count(*) AS n FROM halves").body())
                .isEqualTo("{\"n\":10000}\n");
    }

    private static void run(int queries) {
        for (int begin = 0; begin < queries; begin += AT_ONCE) {
            List<CompletableFuture<Void>> round = IntStream.range(begin, Math.min(queries, begin + AT_ONCE))
                    .mapToObj(number -> CompletableFuture.runAsync(() -> query(number), Thread::startVirtualThread))
                    .toList();
            round.forEach(CompletableFuture::join);
        }
    }

    /// Half of the queries end well.
    private static void query(int number) {
        OwnCoordinator coordinator = nodes.coordinator();
        switch (number % 8) {
            case 0, 2 ->
                coordinator.query("SELECT h.place, count(*) FROM halves h JOIN second s USING (id) GROUP BY ALL");
            case 4 -> coordinator.query("SELECT * FROM first ORDER BY weight LIMIT 100");
            case 6 -> Http.post(coordinator.at("/query?format=csv"), Json.object("query", "SELECT * FROM second"));
            case 1 -> coordinator.query("SELECT no_such_column FROM halves");
            case 3 -> coordinator.query("SELECT count(*) FROM halves a, halves b, range(1000)", 30);
            case 5 -> goAway(coordinator, "SELECT i, 'some text that fills the buffers' FROM halves, range(20) t(i)");
            case 7 ->
                cancelled(
                        coordinator,
                        "SELECT count(*) FROM halves a, halves b, range(1000000) /* %d */".formatted(number));
            default -> throw new IllegalStateException("no such kind of query");
        }
        if (number % 29 == 7) {
            nodes.early().faultOnce(Fault.BREAK_WITHIN);
        }
    }

    private static void goAway(OwnCoordinator coordinator, String sql) {
        byte[] body = Json.object("query", sql).getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /query HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length);
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), coordinator.service().port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cancelled(OwnCoordinator coordinator, String sql) {
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> coordinator.query(sql).statusCode(), Thread::startVirtualThread);
        Await.until("the query runs", () -> status.isDone() || stop(coordinator, sql));
        assertThat(status.join()).isEqualTo(409);
    }

    private static boolean stop(OwnCoordinator coordinator, String sql) {
        for (JsonNode query : coordinator.get("/queries").path("queries")) {
            if (query.path("query").asText().equals(sql)
                    && List.of("queued", "running").contains(query.path("state").asText())) {
                Http.delete(coordinator.at("/queries/" + query.path("query_id").asText()));
                return true;
            }
        }
        return false;
    }

    private static void awaitRest() {
        Stream.of(
                        "duckfleet_coordinator_sessions",
                        "duckfleet_coordinator_scratch_files",
                        "duckfleet_coordinator_reserved_bytes",
                        "duckfleet_coordinator_waiting_for_memory")
                .forEach(metric ->
                        Await.until(metric + " is 0", () -> nodes.coordinator().metric(metric) == 0));
        Stream.of(nodes.early(), nodes.late(), nodes.copy())
                .forEach(proxy -> Await.until("few connections are open", () -> proxy.connections() < 20));
    }

    private static long openFiles(ChildService service) {
        return count(Path.of("/proc", Long.toString(service.pid()), "fd"));
    }

    private static long threads(ChildService service) {
        return count(Path.of("/proc", Long.toString(service.pid()), "task"));
    }

    private static long count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> scratchFiles(String name, ChildService service) {
        String prefix = "duckfleet-%s-%d-".formatted(name, service.pid());
        return Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
                .flatMap(parent -> filesUnder(parent, prefix).stream())
                .toList();
    }

    private static List<Path> filesUnder(Path parent, String prefix) {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(
                            folder -> folder.getFileName().toString().startsWith(prefix) && Files.isDirectory(folder))
                    .flatMap(CleanupIT::walk)
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
