package io.duckfleet.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/// A data node that has loaded its file.
public final class DataNodeProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        return start(workshop, key, List.of());
    }

    /// The same with further flags of the JVM.
    public static DataNodeProcess start(Workshop workshop, String key, List<String> flags) throws IOException {
        int port = Workshop.freePort();
        ChildProcess process = ChildProcess.jar(
                workshop.program("data-node"),
                flags,
                workshop.s3Environment(),
                List.of(
                        "s3://%s/%s".formatted(Workshop.BUCKET, key),
                        "--table-name",
                        "t",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)));
        try {
            URI address = URI.create("http://127.0.0.1:" + port);
            process.awaitLine("loaded s3://");
            try (InputStream metadata = address.resolve("/metadata").toURL().openStream()) {
                return new DataNodeProcess(process, address, MAPPER.readTree(metadata));
            }
        } catch (IOException e) {
            process.close();
            throw e;
        }
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
