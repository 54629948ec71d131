package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.cli.Duckfleet;
import io.duckfleet.cli.local.DataDirectory;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.cli.local.ProcessNotes;
import io.duckfleet.common.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `duckfleet start --config`: a fleet of one's own, by the command itself.
class OwnFleetIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        duckfleet("stop");
    }

    @Test
    void startsANodeForEachS3UrlAndAgainWhatWasKilled() throws IOException {
        Shipments shipments = new Shipments(fleet.local());
        shipments.put("own", Shipments.rows(0, 300));
        shipments.put("few", Shipments.rows(0, 30));
        PortLayout ports = PortLayout.free();
        int node = ChildService.freePort();
        Path config = Files.writeString(
                folder.resolve("config.json"),
                Json.object(
                        "tables",
                        Map.of(
                                "goods",
                                Map.of(
                                        "url", "http://localhost",
                                        "port", node,
                                        "table_name", "shipments",
                                        "s3_url", "s3://lake-data/it/own.csv"),
                                "few",
                                Map.of(
                                        "url", "http://localhost",
                                        "port", node,
                                        "s3_url", "s3://lake-data/it/few.csv"))));

        assertThat(duckfleet(
                        "start", "--config", config.toString(), "--port-base", Integer.toString(ports.coordinator())))
                .isZero();
        assertThat(count(ports).body()).isEqualTo("{\"n\":300}\n");
        assertThat(query(ports, "SELECT count(*) AS n FROM goods JOIN few USING (id)")
                        .body())
                .isEqualTo("{\"n\":30}\n");
        assertThat(duckfleet("status")).isZero();

        ProcessHandle killed = onlyNode();
        killed.destroyForcibly();
        killed.onExit().join();
        Await.until("the node is missed", () -> count(ports).statusCode() == 502);

        assertThat(duckfleet("start")).isZero();
        assertThat(count(ports).body()).isEqualTo("{\"n\":300}\n");
        assertThat(duckfleet("stop")).isZero();
        assertThat(notes().components())
                .noneMatch(component -> notes().running(component).isPresent());
    }

    /// Both tables are one node's.
    private ProcessHandle onlyNode() {
        List<String> nodes = notes().components().stream()
                .filter(component -> component.startsWith("node-"))
                .toList();
        assertThat(nodes).hasSize(1);
        return notes().running(nodes.getFirst()).orElseThrow();
    }

    private static HttpResponse<String> count(PortLayout ports) {
        return query(ports, "SELECT count(*) AS n FROM goods");
    }

    private static HttpResponse<String> query(PortLayout ports, String sql) {
        URI query = URI.create("http://127.0.0.1:%d/query?format=ndjson".formatted(ports.coordinator()));
        return Http.post(query, Json.object("query", sql));
    }

    private ProcessNotes notes() {
        return new ProcessNotes(new DataDirectory(folder.resolve("data")).processes());
    }

    /// Runs the command to its end, with the variables of this fleet's S3, and gives its exit code.
    private int duckfleet(String... arguments) throws IOException {
        S3Settings s3 = fleet.local().lake().s3();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dduckfleet.home=" + System.getProperty("duckfleet.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Duckfleet.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.log").toFile()));
        builder.environment().put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", s3.accessKey());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
        builder.environment().put("AWS_REGION", s3.region());
        int exit = builder.start().onExit().join().exitValue();
        assertThat(exit).as(Files.readString(folder.resolve("output.log"))).isZero();
        return exit;
    }
}
