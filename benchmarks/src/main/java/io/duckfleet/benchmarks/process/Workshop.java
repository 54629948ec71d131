package io.duckfleet.benchmarks.process;

import io.duckfleet.cli.local.Installation;
import io.duckfleet.cli.local.storage.ObjectStore;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.ScratchDirectory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the works share: the programs, a scratch folder, and an S3 server in this process.
public final class Workshop implements AutoCloseable {

    /// The bucket for the works' files.
    public static final String BUCKET = "benchmarks";

    private final Installation installation = Installation.current();
    private final ScratchDirectory scratch = ScratchDirectory.create("benchmarks");
    private final StorageCredentials credentials;
    private final int port;
    private final ObjectStore store;

    public Workshop() throws IOException {
        credentials = StorageCredentials.in(scratch.path().resolve("credentials.json"));
        port = freePort();
        store = ObjectStore.start(scratch.path().resolve("objects"), port, credentials);
        store.createBucket(BUCKET);
    }

    /// A port that was free a moment ago.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public Path program(String module) {
        return installation.program(module);
    }

    /// Flags of the JVM in the images of the services that tell how it compiles and collects: those about its
    /// memory and its cache depend on the container.
    public List<String> imageFlags() throws IOException {
        try (Stream<String> lines = Files.lines(installation.home().resolve("docker/java.args"))) {
            return lines.filter(line -> line.startsWith("-XX:Tier") || line.startsWith("-XX:+Use"))
                    .toList();
        }
    }

    /// Starts one of our services, with the JVM's flags of its image.
    public ChildProcess service(String name, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return ChildProcess.jar(program(name), imageFlags(), environment, arguments);
    }

    public ScratchDirectory scratch() {
        return scratch;
    }

    public StorageCredentials credentials() {
        return credentials;
    }

    public ObjectStore store() {
        return store;
    }

    /// Host and port of the S3 server.
    public String authority() {
        return "127.0.0.1:" + port;
    }

    public DuckDbSettings duckDb() {
        return DuckDbSettings.in(scratch.path().resolve("spill"));
    }

    /// The variables by which a program finds the S3 server.
    public Map<String, String> s3Environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ENDPOINT_URL_S3", "http://" + authority());
        environment.put("AWS_ACCESS_KEY_ID", credentials.s3AccessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", credentials.s3SecretKey());
        environment.put("DUCKFLEET_EXTENSIONS", Extensions.directory().toString());
        return environment;
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            scratch.close();
        }
    }
}
