package io.duckfleet.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A data node that has loaded its file.
public final class DataNodeProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ChildProcess process;
    private final URI address;
    private final JsonNode metadata;

    private DataNodeProcess(ChildProcess process, URI address, JsonNode metadata) {
        this.process = process;
        this.address = address;
        this.metadata = metadata;
    }

    /// Starts a node for the object `key` of the workshop's bucket, as table `t`, and waits until it is
    /// ready.
    public static DataNodeProcess start(Workshop workshop, String key) throws IOException {
        return start(workshop, key, workshop.imageFlags());
    }

    /// The same with other flags of the JVM than those of its image.
    public static DataNodeProcess start(Workshop workshop, String key, List<String> flags) throws IOException {
        return start(workshop, Map.of("t", key), flags);
    }

    /// Starts a node for several tables, each with the key of its object, and waits until it is ready.
    public static DataNodeProcess start(Workshop workshop, Map<String, String> keysByTable) throws IOException {
        return start(workshop, keysByTable, workshop.imageFlags());
    }

    private static DataNodeProcess start(Workshop workshop, Map<String, String> keysByTable, List<String> flags)
            throws IOException {
        int port = Workshop.freePort();
        List<String> arguments = new ArrayList<>();
        keysByTable.forEach((table, key) ->
                arguments.addAll(List.of("--table", "%s=s3://%s/%s".formatted(table, Workshop.BUCKET, key))));
        arguments.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        ChildProcess process =
                ChildProcess.jar(workshop.program("data-node"), flags, workshop.s3Environment(), arguments);
        try {
            URI address = URI.create("http://127.0.0.1:" + port);
            process.awaitLine("loaded s3://");
            return new DataNodeProcess(process, address, metadata(process, address));
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /// The tables are served a moment after the log has told of the first of them.
    private static JsonNode metadata(ChildProcess process, URI address) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            HttpURLConnection connection =
                    (HttpURLConnection) address.resolve("/metadata").toURL().openConnection();
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                try (InputStream metadata = connection.getInputStream()) {
                    return MAPPER.readTree(metadata);
                }
            }
            process.requireAlive();
        }
        throw new IOException("the node at %s doesn't serve its tables".formatted(address));
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /// What `GET /metadata` told after the load.
    public JsonNode metadata() {
        return metadata;
    }

    @Override
    public void close() {
        process.close();
    }
}
