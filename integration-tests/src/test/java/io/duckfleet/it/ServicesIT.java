package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.local.LocalFleet;
import io.duckfleet.cli.local.SampleTable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What all services have in common: documents, probes, metrics, health.
class ServicesIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static final List<Function<LocalFleet, URI>> SERVICES =
            List.of(LocalFleet::coordinator, LocalFleet::sidecar, running -> running.node(SampleTable.ROUTES));

    @ParameterizedTest
    @CsvSource({
        "/,                  application/json",
        "/health,            application/json",
        "/health/live,       application/json",
        "/health/ready,      application/json",
        "/openapi,           application/yaml",
        "/openapi.json,      application/json",
        "/docs/,             text/html",
        "/metrics,           application/openmetrics-text"
    })
    void serve(String path, String type) {
        for (Function<LocalFleet, URI> service : SERVICES) {
            URI uri = service.apply(fleet.local()).resolve(path);

            assertThat(fleet.get(uri)).as("%s", uri).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith(type);
            });
        }
    }

    @Test
    void tellTheirHealthInOneShape() {
        for (Function<LocalFleet, URI> service : SERVICES) {
            JsonNode health = Json.read(
                    fleet.get(service.apply(fleet.local()).resolve("/health")).body());

            assertThat(health.path("status").asText()).isEqualTo("healthy");
            assertThat(health.path("database").asText()).isEqualTo("connected");
            assertThat(health.path("service").asText()).isNotEmpty();
            assertThat(health.path("timestamp").asText()).endsWith("Z");
        }
    }

    @Test
    void answerUnknownPathsWithAProblem() {
        for (Function<LocalFleet, URI> service : SERVICES) {
            JsonNode problem = Json.read(
                    fleet.get(service.apply(fleet.local()).resolve("/nowhere")).body());

            assertThat(problem.path("code").asText()).isEqualTo("not_found");
        }
    }

    @Test
    void describeANodesTable() {
        JsonNode metadata =
                Json.read(fleet.get(fleet.local().node(SampleTable.ROUTES).resolve("/metadata"))
                        .body());

        assertThat(metadata.path("s3_url").asText()).endsWith("routes.csv.gz");
        assertThat(metadata.path("view_name").asText()).isEqualTo("routes");
        assertThat(metadata.path("row_count").asLong()).isEqualTo(67_663);
        assertThat(metadata.path("column_count").asInt()).isEqualTo(9);
        assertThat(metadata.path("columns").findValuesAsText("name")).contains("airline_id", "stops");
        assertThat(metadata.path("size_bytes").asLong()).isPositive();
        assertThat(metadata.path("load_time_ms").isNumber()).isTrue();
        assertThat(metadata.path("timestamp").asText()).isNotEmpty();
    }

    @Test
    void areToldByTheCoordinatorTogether() {
        JsonNode services = Json.read(
                        fleet.get(fleet.local().coordinator().resolve("/fleet")).body())
                .path("services");

        assertThat(services.findValuesAsText("service"))
                .containsExactly("coordinator", "data-node", "data-node", "data-node", "sidecar");
        assertThat(services.findValuesAsText("health")).containsOnly("healthy");
        assertThat(services.findValuesAsText("memory_bytes")).hasSize(5);
        assertThat(services.findValuesAsText("requests")).hasSize(5);
        assertThat(services.findValuesAsText("rows")).contains("67663");
        assertThat(services.findValuesAsText("load_time_ms")).hasSize(3);
        assertThat(services.path(4).path("commits").isNumber()).isTrue();
        assertThat(services.path(4).path("buffer").path("records").isNumber()).isTrue();
    }

    @Test
    void areToldWithWhatIsWrong() {
        try (OwnCoordinator coordinator =
                OwnCoordinator.over(Map.of("lost", OwnCoordinator.node(ChildService.freePort())), Map.of())) {
            Await.until(
                    "the coordinator has asked its node",
                    () -> coordinator
                            .get("/fleet")
                            .path("services")
                            .path(1)
                            .path("health")
                            .asText()
                            .equals("node_unreachable"));

            JsonNode self = coordinator.get("/fleet").path("services").path(0);
            assertThat(self.path("health").asText()).isEqualTo("degraded");
            assertThat(self.path("reason").asText()).contains("table lost");
        }
    }
}
