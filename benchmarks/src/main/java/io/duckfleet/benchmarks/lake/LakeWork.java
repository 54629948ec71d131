package io.duckfleet.benchmarks.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.ingest.SidecarProcess;
import io.duckfleet.benchmarks.ingest.UserRecords;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// A million user records of ten days, at scale 1, whose ids are random, and as many visits, whose ids the
/// sidecar gives, in the order of time. Each run asks some times, and counts as the mean.
public final class LakeWork implements Work {

    private static final int RECORDS = 1_000_000;
    private static final int DAYS = 10;
    private static final int TIMES = 10;
    private static final int CLIENTS = 8;
    private static final long SEED = 7;
    private static final String AGGREGATION =
            "SELECT country, count(*) AS n, avg(balance) AS mean, max(age) AS oldest FROM users GROUP BY country ORDER BY n DESC";
    private static final String SEARCH =
            "SELECT * FROM users WHERE id ILIKE $1 OR record_id ILIKE $1 OR first_name ILIKE $1 OR last_name ILIKE $1 OR email ILIKE $1"
                    + " OR age::VARCHAR ILIKE $1 OR country ILIKE $1 OR status ILIKE $1 OR balance::VARCHAR ILIKE $1"
                    + " OR created_at::VARCHAR ILIKE $1 OR partition_date::VARCHAR ILIKE $1 OR ingested_at::VARCHAR ILIKE $1 LIMIT 100";

    private final int records;
    private final SidecarProcess sidecar;
    private final CoordinatorProcess coordinator;
    private final PlainDuckDb plain;
    private final List<String> ids;
    private final List<String> givenIds;
    private final List<String> emails;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    public LakeWork(Workshop workshop, double scale) throws IOException {
        records = (int) Math.max(DAYS, Math.round(RECORDS * scale));
        sidecar = SidecarProcess.start(workshop);
        fill();
        coordinator = CoordinatorProcess.start(workshop, sidecar.environment());
        plain = new PlainDuckDb(workshop, List.of("users", "visits"));
        ids = sample("record_id", "users");
        givenIds = sample("record_id", "visits");
        emails = sample("email", "users");
    }

    private void fill() throws IOException {
        UserRecords users = new UserRecords(SEED);
        int each = records / DAYS;
        for (int day = 1; day <= DAYS; day++) {
            sidecar.ingestLines("users&partition_date=2025-12-%02d".formatted(day), users.lines(each), each);
            sidecar.ingestLines("visits&partition_date=2025-12-%02d".formatted(day), visits(each), each);
        }
    }

    private static byte[] visits(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"page\": \"/articles/%d\", \"visitor\": \"v%d\", \"ms\": %d}\n"
                        .formatted(i % 997, i % 31_013, i % 60_000))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<String> sample(String column, String table) throws IOException {
        String sql = "SELECT %1$s FROM %2$s ORDER BY hash(%1$s) LIMIT 100".formatted(column, table);
        try {
            JsonNode rows = coordinator.post("/query/sql", Map.of("query", sql));
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.path(column).asText())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public List<Race> races() {
        return List.of(
                race(
                        "aggregation",
                        "Records, mean and maximum by country.",
                        turn -> coordinator
                                .post("/query/sql", Map.of("query", AGGREGATION))
                                .size(),
                        turn -> plain.rows(AGGREGATION)),
                race(
                        "by id",
                        "The newest record of an id that the sidecar gave: of ids in the order of time, the catalog knows the file.",
                        turn -> coordinator
                                .get("/query/id/%s?table=visits".formatted(givenIds.get(turn % givenIds.size())))
                                .size(),
                        turn -> plain.rows(
                                "SELECT * FROM visits WHERE record_id = ? ORDER BY ingested_at DESC LIMIT 1",
                                givenIds.get(turn % givenIds.size()))),
                race(
                        "by random id",
                        "The newest record of an id that may be in any file.",
                        turn -> coordinator
                                .get("/query/id/%s?table=users".formatted(ids.get(turn % ids.size())))
                                .size(),
                        turn -> plain.rows(
                                "SELECT * FROM users WHERE record_id = ? ORDER BY ingested_at DESC LIMIT 1",
                                ids.get(turn % ids.size()))),
                race(
                        "search",
                        "A text that stands in one record, looked for in all columns.",
                        turn -> coordinator
                                .post(
                                        "/query/search",
                                        Map.of("search_term", emails.get(turn % emails.size()), "table", "users"))
                                .size(),
                        turn -> plain.rows(SEARCH, "%" + emails.get(turn % emails.size()) + "%")),
                race(
                        "date range",
                        "A hundred records of one day of ten.",
                        turn -> coordinator
                                .post("/query/date-range", dayOf(turn))
                                .size(),
                        turn -> plain.rows(
                                "SELECT * FROM users WHERE partition_date = CAST(? AS DATE) ORDER BY partition_date DESC LIMIT 100",
                                day(turn))),
                race(
                        "recent",
                        "The hundred records that came last.",
                        turn -> coordinator
                                .get("/query/recent?table=users&limit=100")
                                .size(),
                        turn -> plain.rows(
                                "SELECT * FROM users WHERE ingested_at >= now() - INTERVAL 24 HOURS ORDER BY ingested_at DESC LIMIT 100")),
                clientsRace());
    }

    private static Map<String, Object> dayOf(int turn) {
        return Map.of("start_date", day(turn), "end_date", day(turn), "date_field", "partition_date", "table", "users");
    }

    private static String day(int turn) {
        return "2025-12-%02d".formatted(turn % DAYS + 1);
    }

    private Race race(String name, String work, Asking ours, Asking peers) {
        return new Race(
                "9 lake, " + name,
                work + " Mean of %d requests.".formatted(TIMES),
                records,
                List.of(
                        new Contender("over HTTP", Role.OURS, () -> mean(ours)),
                        new Contender("plain DuckDB", Role.FLOOR, () -> mean(peers))));
    }

    private static Measurement mean(Asking asking) throws Exception {
        Measurement all = Measurement.timing(() -> {
            for (int turn = 0; turn < TIMES; turn++) {
                if (asking.rows(turn) == 0) {
                    throw new IllegalStateException("nothing was found");
                }
            }
        });
        return new Measurement(all.time().dividedBy(TIMES), OptionalLong.empty());
    }

    /// As many requests by one client and by eight, who ask the same, or each in words of its own.
    private Race clientsRace() {
        int requests = CLIENTS * TIMES;
        return new Race(
                "9 lake, eight clients",
                "The aggregation, %d times, by eight clients at once who send the same text, or each a text of its own; by one client; in eight sessions of one DuckDB."
                        .formatted(requests),
                requests,
                List.of(
                        new Contender("8 clients", Role.OURS, () -> atOnce(CLIENTS, client -> request("", TIMES))),
                        new Contender(
                                "8 clients, 8 texts",
                                Role.OURS,
                                () -> atOnce(CLIENTS, client -> request(" -- of client " + client, TIMES))),
                        new Contender("1 client", Role.PEER, () -> atOnce(1, client -> request("", requests))),
                        new Contender(
                                "plain DuckDB, 8 sessions",
                                Role.FLOOR,
                                () -> atOnce(CLIENTS, client -> plain.repeat(TIMES, AGGREGATION)))));
    }

    private void request(String comment, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            coordinator.post("/query/sql", Map.of("query", AGGREGATION + comment));
        }
    }

    private Measurement atOnce(int count, Client client) throws Exception {
        return Measurement.timing(() -> {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                asking.add(clients.submit(() -> {
                    client.ask(number);
                    return true;
                }));
            }
            for (Future<?> asked : asking) {
                asked.get();
            }
        });
    }

    /// Asks once, and tells how many rows came.
    @FunctionalInterface
    private interface Asking {
        int rows(int turn) throws Exception;
    }

    /// Asks all the requests of one of several clients.
    @FunctionalInterface
    private interface Client {
        void ask(int number) throws Exception;
    }

    @Override
    public void close() {
        clients.shutdownNow();
        plain.close();
        coordinator.close();
        sidecar.close();
    }
}
