package io.duckfleet.coordinator.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.NodeState;
import io.duckfleet.coordinator.fleet.TableState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Gathers what all services tell of themselves: coordinator, data nodes, sidecar. All are asked at once.
@Singleton
public final class Services {

    private static final String HEALTHY = "healthy";
    private static final String SIDECAR = "sidecar";

    private final Fleet fleet;
    private final MeterRegistry meters;
    private final Optional<URI> sidecar;
    private final ServiceQuestions questions;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    Services(
            Fleet fleet,
            SharedKey key,
            ObjectMapper mapper,
            MeterRegistry meters,
            @ConfigProperty(name = "duckfleet.coordinator.sidecar-url") Optional<URI> sidecar) {
        this.fleet = fleet;
        this.meters = meters;
        this.sidecar = sidecar;
        this.questions = new ServiceQuestions(mapper, key);
    }

    @PreDestroy
    void close() {
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
                asked.add(() -> node(table.name().text(), node, known));
            }
        }
        sidecar.ifPresent(address -> asked.add(() -> sidecar(address)));
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
        return new ServiceListing(
                "coordinator",
                address.toString(),
                Optional.empty(),
                HEALTHY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(runtime.totalMemory() - runtime.freeMemory()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(requests),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private ServiceListing node(String table, URI address, NodeState known) throws InterruptedException {
        ServiceAnswers answers = questions.ofNode(address);
        String health = switch (known) {
            case NodeState.Serving _ -> HEALTHY;
            case NodeState.Away away -> away.reason().code().wireName();
        };
        Optional<String> reason = switch (known) {
            case NodeState.Serving _ -> answers.healthText("reason");
            case NodeState.Away away ->
                Optional.of(answers.healthText("reason").orElse(away.reason().detail()));
        };
        return new ServiceListing(
                "data-node",
                address.toString(),
                Optional.of(table),
                health,
                Optional.of(known.since()),
                reason,
                answers.metadataNumber("row_count"),
                answers.metadataNumber("size_bytes"),
                answers.metadataNumber("load_time_ms"),
                answers.metadataText("loaded_at"),
                answers.requests(),
                answers.healthField("progress"),
                Optional.empty(),
                Optional.empty());
    }

    private ServiceListing sidecar(URI address) throws InterruptedException {
        ServiceAnswers answers = questions.ofSidecar(address);
        return new ServiceListing(
                SIDECAR,
                address.toString(),
                Optional.empty(),
                answers.healthText("status").orElse("unreachable"),
                Optional.empty(),
                reasons(answers),
                Optional.empty(),
                answers.heapBytes(),
                Optional.empty(),
                Optional.empty(),
                answers.requests(),
                Optional.empty(),
                answers.healthField("buffer"),
                answers.healthField("maintenance"));
    }

    private static Optional<String> reasons(ServiceAnswers answers) {
        if (answers.health().isEmpty()) {
            return Optional.of("no answer within %d s".formatted(ServiceQuestions.PATIENCE.toSeconds()));
        }
        List<String> reasons = new ArrayList<>();
        answers.healthField("reasons").ifPresent(all -> all.forEach(reason -> reasons.add(reason.asText())));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
