package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.lake.LakeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A lake of a test's own, empty at first, in the running fleet's Postgres and S3: with a sidecar that writes
/// it and a coordinator that reads it.
final class OwnLake implements AutoCloseable {

    private final Map<String, String> variables;
    private final ChildService sidecar;
    private final OwnCoordinator coordinator;

    private OwnLake(Map<String, String> variables, ChildService sidecar, OwnCoordinator coordinator) {
        this.variables = Map.copyOf(variables);
        this.sidecar = sidecar;
        this.coordinator = coordinator;
    }

    /// The lake `name`, after which the catalog's schema and the bucket are called; both services have
    /// `settings` beside.
    static OwnLake start(RunningFleet fleet, String name, Map<String, String> settings) {
        Map<String, String> variables = variables(fleet.local().lake(), name);
        variables.putAll(settings);
        ChildService sidecar = ChildService.start("sidecar", ChildService.freePort(), List.of(), variables);
        sidecar.awaitReady();
        variables.put("SIDECAR_URL", sidecar.at("").toString());
        OwnCoordinator coordinator = OwnCoordinator.over(Map.of(), variables);
        Await.until(
                "the lake is attached",
                () -> coordinator.get("/health").path("problems").isEmpty());
        return new OwnLake(variables, sidecar, coordinator);
    }

    /// One more sidecar on the same lake, with a buffer of its own, to be closed by the caller.
    ChildService anotherSidecar() {
        Map<String, String> others = new HashMap<>(variables);
        others.put("BUFFER_DIR", newBuffer());
        return ChildService.start("sidecar", ChildService.freePort(), List.of(), others)
                .awaitReady();
    }

    /// Where the lake is.
    LakeSettings settings() {
        return LakeSettings.of(variables);
    }

    private static Map<String, String> variables(LakeSettings lake, String name) {
        Map<String, String> variables = new HashMap<>();
        variables.put("S3_ENDPOINT", lake.s3().endpoint().toString());
        variables.put("S3_ACCESS_KEY", lake.s3().accessKey());
        variables.put("S3_SECRET_KEY", lake.s3().secretKey());
        variables.put("S3_BUCKET", name);
        variables.put("S3_REGION", lake.s3().region());
        variables.put("CATALOG_HOST", lake.catalog().host());
        variables.put("CATALOG_PORT", Integer.toString(lake.catalog().port()));
        variables.put("CATALOG_DATABASE", lake.catalog().database());
        variables.put("CATALOG_USER", lake.catalog().user());
        variables.put("CATALOG_PASSWORD", lake.catalog().password());
        variables.put("CATALOG_SCHEMA", name);
        variables.put("DUCKDB_MEMORY_LIMIT", "512MB");
        variables.put("BUFFER_DIR", newBuffer());
        return variables;
    }

    private static String newBuffer() {
        try {
            return Files.createTempDirectory("duckfleet-it-buffer-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OwnCoordinator coordinator() {
        return coordinator;
    }

    ChildService sidecar() {
        return sidecar;
    }

    URI at(String path) {
        return coordinator.at(path);
    }

    /// Commits the records, by the sidecar itself.
    JsonNode ingest(String table, List<Map<String, Object>> records) {
        return ok(Http.post(sidecar.at("/ingest"), Json.write(Map.of("table_name", table, "records", records))));
    }

    /// The coordinator's answer, which is a 200.
    JsonNode get(String path) {
        return ok(Http.get(at(path)));
    }

    /// The coordinator's answer, which is a 200.
    JsonNode post(String path, Map<String, Object> body) {
        return ok(Http.post(at(path), Json.write(body)));
    }

    /// The plan of the very query that an answer tells of, once it has run.
    String localPlan(JsonNode answer) {
        Map<String, Object> same = Map.of(
                "query", answer.path("query").asText(), "parameters", answer.path("parameters"), "analyze", true);
        return post("/explain", same).path("local_plan").asText();
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    @Override
    public void close() {
        coordinator.close();
        sidecar.close();
    }
}
