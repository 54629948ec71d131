package io.duckfleet.benchmarks.start;

import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A service that is started, asked until it answers, and stopped. `arguments` come before host and port.
record ServiceStart(Path jar, Map<String, String> environment, List<String> arguments) {

    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int CONNECT_MS = 1_000;

    /// Between two questions: asking without a pause would take a core from the service.
    private static final long PAUSE_NANOS = 2_000_000L;

    /// Starts it once: the time to the first 200, and the memory that the process holds then.
    Measurement measure(List<String> flags) throws Exception {
        List<ChildProcess> started = new ArrayList<>();
        try {
            Measurement measurement = Measurement.timing(() -> started.add(startAndAsk(flags)));
            return measurement.withPeakBytes(PeakMemory.now(started.getFirst().pid()));
        } finally {
            started.forEach(ChildProcess::close);
        }
    }

    /// Starts it once to have the JVM write an ahead-of-time cache when it ends.
    List<String> train(Path cache) throws IOException {
        startAndAsk(List.of("-XX:AOTCacheOutput=" + cache)).close();
        return List.of("-XX:AOTCache=" + cache);
    }

    private ChildProcess startAndAsk(List<String> flags) throws IOException {
        int port = Workshop.freePort();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        ChildProcess process = ChildProcess.jar(jar, flags, variables, arguments(port));
        try {
            awaitAnswer(process, URI.create("http://127.0.0.1:" + port + "/"));
            return process;
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /// The bare service takes no arguments; ours take host and port.
    private List<String> arguments(int port) {
        if (arguments.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--port", Integer.toString(port)));
        return all;
    }

    private static void awaitAnswer(ChildProcess process, URI address) throws IOException {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (!answers(address)) {
            process.requireAlive();
            if (System.nanoTime() > patience) {
                throw new IOException("%s doesn't answer".formatted(address));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
