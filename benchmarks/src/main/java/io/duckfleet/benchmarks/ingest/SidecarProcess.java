package io.duckfleet.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.cli.local.storage.CatalogDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A sidecar with a Postgres of its own for the catalog, on the disk, and the workshop's S3 server for the
/// files.
public final class SidecarProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BOUNDARY = "benchmark";

    private final Path folder;
    private final CatalogDatabase catalog;
    private final ChildProcess process;
    private final URI address;
    private final Map<String, String> environment;

    private SidecarProcess(
            Path folder, CatalogDatabase catalog, ChildProcess process, URI address, Map<String, String> environment) {
        this.folder = folder;
        this.catalog = catalog;
        this.process = process;
        this.address = address;
        this.environment = Map.copyOf(environment);
    }

    public static SidecarProcess start(Workshop workshop) throws IOException {
        Path folder = Files.createTempDirectory("duckfleet-benchmarks-");
        int postgresPort = Workshop.freePort();
        CatalogDatabase catalog = CatalogDatabase.start(
                folder.resolve("catalog"),
                postgresPort,
                workshop.credentials(),
                folder.resolve("programs"),
                folder.resolve("catalog.log"));
        int port = Workshop.freePort();
        Map<String, String> environment = environment(workshop, postgresPort, folder);
        ChildProcess process = workshop.service(
                "sidecar", environment, List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        process.awaitLine("Listening on:");
        SidecarProcess sidecar =
                new SidecarProcess(folder, catalog, process, URI.create("http://127.0.0.1:" + port), environment);
        sidecar.awaitReady();
        return sidecar;
    }

    private static Map<String, String> environment(Workshop workshop, int postgresPort, Path folder) {
        Map<String, String> environment = new HashMap<>(workshop.s3Environment());
        environment.put("S3_ENDPOINT", "http://" + workshop.authority());
        environment.put("S3_ACCESS_KEY", workshop.credentials().s3AccessKey());
        environment.put("S3_SECRET_KEY", workshop.credentials().s3SecretKey());
        environment.put("S3_BUCKET", "lake-data");
        environment.put("CATALOG_HOST", "127.0.0.1");
        environment.put("CATALOG_PORT", Integer.toString(postgresPort));
        environment.put("CATALOG_DATABASE", CatalogDatabase.DATABASE);
        environment.put("CATALOG_USER", CatalogDatabase.USER);
        environment.put("CATALOG_PASSWORD", workshop.credentials().catalogPassword());
        environment.put("BUFFER_DIR", folder.resolve("buffer").toString());
        return environment;
    }

    private void awaitReady() throws IOException {
        long patience = System.nanoTime() + 60_000_000_000L;
        while (get("/health/ready") != HttpURLConnection.HTTP_OK) {
            if (System.nanoTime() > patience) {
                throw new IOException("the sidecar doesn't get ready");
            }
            Thread.onSpinWait();
        }
    }

    private int get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        return connection.getResponseCode();
    }

    /// The variables that tell where its lake is.
    public Map<String, String> environment() {
        return environment;
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /// Posts the body and makes sure that `count` records were taken.
    void ingest(byte[] envelope, int count) throws IOException {
        post("/ingest", "application/json", envelope, count);
    }

    /// Posts JSON lines to the table, with further parameters behind it, and makes sure that `count` records
    /// were taken.
    public void ingestLines(String table, byte[] lines, int count) throws IOException {
        post("/ingest?table_name=" + table, "application/x-ndjson", lines, count);
    }

    /// A form with a file of JSON lines, to be uploaded.
    static byte[] form(byte[] lines) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(lines.length + 256);
        body.write("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.jsonl\"\r\n\r\n"
                .formatted(BOUNDARY)
                .getBytes(StandardCharsets.UTF_8));
        body.write(lines);
        body.write("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    /// Uploads a [#form] and makes sure that `count` records were taken.
    void upload(String table, byte[] form, int count) throws IOException {
        post("/ingest/file?table_name=" + table, "multipart/form-data; boundary=" + BOUNDARY, form, count);
    }

    private void post(String path, String type, byte[] body, int count) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", type);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        try (InputStream in = connection.getInputStream()) {
            JsonNode answer = MAPPER.readTree(in);
            if (answer.path("record_count").asInt() != count) {
                throw new IOException("the sidecar answered " + answer);
            }
        }
    }

    @Override
    public void close() {
        process.close();
        catalog.close();
        Folders.delete(folder);
    }
}
