package io.duckfleet.sidecar.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome;
import io.duckfleet.sidecar.crash.FaultyProxy.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The committer behind networks that cut, delay and halve: each batch is in the lake once or was refused
/// as what it was, an outage; a repeat with the same key never doubles it.
class FaultyNetworkIT {

    private static final Logger LOG = Logger.getLogger(FaultyNetworkIT.class);
    private static final int ROUNDS = Integer.getInteger("duckfleet.fault.rounds", 12);
    private static final long SEED = Long.getLong("duckfleet.fault.seed", System.nanoTime());
    private static final int LONGEST_NANOS = 60_000_000;
    private static final Set<ErrorCode> OUTAGE = Set.of(
            ErrorCode.CATALOG_UNREACHABLE, ErrorCode.STORAGE_UNREACHABLE, ErrorCode.NOT_READY, ErrorCode.DEADLINE);
    private static final List<Fault> FAULTS = List.of(Fault.DELAY, Fault.HALVE, Fault.CUT, Fault.REFUSE);
    private static final TestBackends backends = TestBackends.start();

    private final Random random = new Random(SEED);

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void eachBatchCountsOnceOrIsRefusedAsAnOutage() throws Exception {
        LOG.infof("%d rounds with seed %d", ROUNDS, SEED);
        Map<String, String> direct = backends.variables("faulty");
        try (FaultyProxy catalog = new FaultyProxy(port(direct, "CATALOG_PORT"));
                FaultyProxy storage = new FaultyProxy(URI.create(Objects.requireNonNull(direct.get("S3_ENDPOINT")))
                        .getPort());
                TestEngine engine = new TestEngine(through(direct, catalog, storage))) {
            commit(engine, 0);
            for (int round = 1; round <= ROUNDS; round++) {
                FaultyProxy victim = random.nextBoolean() ? catalog : storage;
                Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
                List<CompletableFuture<CommitOutcome>> under = new ArrayList<>();
                under.add(submit(engine, 2 * round));
                LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
                victim.inflict(fault);
                under.add(submit(engine, 2 * round + 1));
                Optional<ErrorCode> first = settle(under.getFirst());
                victim.inflict(Fault.NONE);
                Optional<ErrorCode> second = settle(under.getLast());
                LOG.infof(
                        "round %d: %s at the %s: %s, %s",
                        round, fault, victim == catalog ? "catalog" : "storage", first, second);
                commit(engine, 2 * round);
                commit(engine, 2 * round + 1);
            }
        }
        int expected = 3 * (2 * ROUNDS + 1);
        try (DuckDb reader = TestBackends.reader(direct)) {
            assertThat(reader.<String>withSession(session ->
                            session.queryText("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.faulty")))
                    .isEqualTo(expected + " " + expected);
        }
    }

    private static int port(Map<String, String> variables, String name) {
        return Integer.parseInt(Objects.requireNonNull(variables.get(name)));
    }

    private static Map<String, String> through(Map<String, String> direct, FaultyProxy catalog, FaultyProxy storage) {
        Map<String, String> variables = new HashMap<>(direct);
        variables.put("CATALOG_PORT", Integer.toString(catalog.port()));
        variables.put("S3_ENDPOINT", "http://127.0.0.1:" + storage.port());
        return variables;
    }

    private static CompletableFuture<CommitOutcome> submit(TestEngine engine, int batch) {
        String records = "[{\"id\":\"%1$d-a\"},{\"id\":\"%1$d-b\"},{\"id\":\"%1$d-c\"}]".formatted(batch);
        return engine.submit(TestEngine.batch("faulty", records, TestEngine.key("key-" + batch, "content-" + batch)));
    }

    /// Why the batch was refused; empty when it is in the lake.
    private static Optional<ErrorCode> settle(CompletableFuture<CommitOutcome> outcome) throws Exception {
        try {
            assertThat(outcome.get(3, TimeUnit.MINUTES)).isInstanceOf(CommitOutcome.Committed.class);
            return Optional.empty();
        } catch (ExecutionException e) {
            FleetException error = (FleetException) Objects.requireNonNull(e.getCause());
            assertThat(error.code()).as(error.detail()).isIn(OUTAGE);
            return Optional.of(error.code());
        }
    }

    /// Repeats a batch, as a client would, until it is in the lake.
    private static void commit(TestEngine engine, int batch) throws Exception {
        Optional<ErrorCode> refused = settle(submit(engine, batch));
        while (refused.isPresent()) {
            LockSupport.parkNanos(LONGEST_NANOS);
            refused = settle(submit(engine, batch));
        }
    }
}
