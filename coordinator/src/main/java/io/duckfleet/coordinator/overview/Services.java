package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.NodeState;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.forward.ForwardSettings;
import io.duckfleet.coordinator.forward.SidecarAddress;
import io.duckfleet.coordinator.overview.ServiceListing.Content;
import io.duckfleet.coordinator.overview.ServiceListing.Counts;
import io.duckfleet.coordinator.overview.ServiceListing.State;
import io.duckfleet.coordinator.overview.ServiceListing.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Gathers what all services tell of themselves: coordinator, data nodes, sidecar, and Trino if there is one.
/// All are asked at once. Thread-safe.
public final class Services implements AutoCloseable {

    private static final String SIDECAR = "sidecar";
    private static final String TRINO = "trino";
    private static final String UNREACHABLE = "unreachable";
    private static final Optional<String> NO_ANSWER =
            Optional.of("no answer within %d s".formatted(ServiceQuestions.PATIENCE.toSeconds()));

    private final Fleet fleet;
    private final Overview overview;
    private final MeterRegistry meters;
    private final Optional<URI> sidecar;
    private final Optional<URI> trino;
    private final ServiceQuestions questions;
    /// Threads of the platform, as decision 054 tells.
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("services-", 0).factory());

    public Services(
            Fleet fleet,
            Overview overview,
            SharedKey key,
            ObjectMapper mapper,
            MeterRegistry meters,
            ForwardSettings forward,
            Optional<URI> trino) {
        this.fleet = fleet;
        this.overview = overview;
        this.meters = meters;
        this.sidecar = forward.sidecar().map(SidecarAddress::url);
        this.trino = trino;
        this.questions = new ServiceQuestions(mapper, key);
    }

    @Override
    public void close() {
        executor.close();
        questions.close();
    }

    /// All services; `coordinator` is the address under which this one was asked.
    List<ServiceListing> listings(URI coordinator) {
        List<Callable<ServiceListing>> asked = new ArrayList<>();
        for (FleetTable table : fleet.config().tables()) {
            TableState state = fleet.state(table);
            for (int i = 0; i < table.nodes().size(); i++) {
                URI node = table.nodes().get(i);
                NodeState known = state.nodes().get(i);
                asked.add(() -> node(table, node, known));
            }
        }
        sidecar.ifPresent(address -> asked.add(() -> sidecar(address)));
        trino.ifPresent(address -> asked.add(() -> trino(address)));
        List<ServiceListing> listings = new ArrayList<>();
        listings.add(coordinator(coordinator));
        listings.addAll(all(asked));
        return List.copyOf(listings);
    }

    private List<ServiceListing> all(List<Callable<ServiceListing>> asked) {
        try {
            List<ServiceListing> listings = new ArrayList<>();
            for (Future<ServiceListing> answer : executor.invokeAll(asked)) {
                listings.add(answer.get());
            }
            return listings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServiceListing coordinator(URI address) {
        Runtime runtime = Runtime.getRuntime();
        long requests = meters.find("http.server.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
        List<String> problems = overview.problems();
        return new ServiceListing(
                "coordinator",
                address.toString(),
                Optional.empty(),
                new State(Overview.health(problems), Optional.empty(), inOneLine(problems)),
                Content.ofMemory(Optional.of(runtime.totalMemory() - runtime.freeMemory())),
                Counts.ofRequests(Optional.of(requests)),
                Work.NONE);
    }

    private ServiceListing node(FleetTable table, URI address, NodeState known) throws InterruptedException {
        ServiceAnswers answers = questions.ofNode(address, table.nameOnNode());
        return new ServiceListing(
                "data-node",
                address.toString(),
                Optional.of(table.name().text()),
                stateOf(known, answers),
                new Content(
                        answers.metadataNumber("row_count"),
                        answers.metadataNumber("size_bytes"),
                        answers.metadataNumber("load_time_ms"),
                        answers.metadataText("loaded_at")),
                Counts.ofRequests(answers.requests()),
                new Work(answers.healthField("progress"), Optional.empty(), Optional.empty()));
    }

    private static State stateOf(NodeState known, ServiceAnswers answers) {
        Optional<String> reason = answers.healthText("reason");
        return switch (known) {
            case NodeState.Serving serving -> new State(Overview.HEALTHY, Optional.of(serving.since()), reason);
            case NodeState.Away away ->
                new State(
                        away.reason().code().wireName(),
                        Optional.of(away.since()),
                        reason.or(() -> Optional.of(away.reason().detail())));
        };
    }

    private ServiceListing sidecar(URI address) throws InterruptedException {
        ServiceAnswers answers = questions.ofSidecar(address);
        return new ServiceListing(
                SIDECAR,
                address.toString(),
                Optional.empty(),
                new State(answers.healthText("status").orElse(UNREACHABLE), Optional.empty(), reasons(answers)),
                Content.ofMemory(answers.heapBytes()),
                new Counts(answers.requests(), answers.commits()),
                new Work(Optional.empty(), answers.healthField("buffer"), answers.healthField("maintenance")));
    }

    private ServiceListing trino(URI address) throws InterruptedException {
        Optional<JsonNode> info = questions.ofTrino(address);
        String health = info.map(told -> told.path("starting").asBoolean(true) ? "starting" : Overview.HEALTHY)
                .orElse(UNREACHABLE);
        return new ServiceListing(
                TRINO,
                address.toString(),
                Optional.empty(),
                new State(health, Optional.empty(), info.isPresent() ? Optional.empty() : NO_ANSWER),
                Content.ofMemory(Optional.empty()),
                Counts.ofRequests(Optional.empty()),
                Work.NONE);
    }

    private static Optional<String> reasons(ServiceAnswers answers) {
        if (answers.health().isEmpty()) {
            return NO_ANSWER;
        }
        List<String> reasons = new ArrayList<>();
        answers.healthField("reasons").ifPresent(all -> all.forEach(reason -> reasons.add(reason.asText())));
        return inOneLine(reasons);
    }

    private static Optional<String> inOneLine(List<String> reasons) {
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
