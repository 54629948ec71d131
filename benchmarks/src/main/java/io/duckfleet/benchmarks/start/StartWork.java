package io.duckfleet.benchmarks.start;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.BenchmarkFiles;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The starts of the three services. The data node loads a file of a thousand rows meanwhile; coordinator and
/// sidecar find neither nodes nor lake, and serve all the same.
public final class StartWork implements Work {

    private static final String KEY = "start.csv.gz";
    private static final long ROWS = 1_000;

    private final Workshop workshop;
    private final ServiceStart bare;

    public StartWork(Workshop workshop) throws IOException {
        this.workshop = workshop;
        bare = new ServiceStart(workshop.program("benchmarks/bare-quarkus"), Map.of(), List.of());
        Path file = workshop.scratch().newFile("start");
        BenchmarkFiles.writeCsv(workshop, file, ROWS);
        workshop.store().put(Workshop.BUCKET, KEY, file);
        Files.delete(file);
    }

    @Override
    public List<Race> races() {
        String object = "s3://%s/%s".formatted(Workshop.BUCKET, KEY);
        return List.of(
                race("data-node", workshop.s3Environment(), List.of(object, "--host", "127.0.0.1")),
                race("coordinator", workshop.s3Environment(), List.of("--config", config(), "--host", "127.0.0.1")),
                race("sidecar", sidecar(), List.of("--host", "127.0.0.1")));
    }

    private Race race(String module, Map<String, String> environment, List<String> arguments) {
        ServiceStart service = new ServiceStart(workshop.program(module), environment, arguments);
        List<String> withCache = new ArrayList<>();
        return new Race(
                "10 start of " + module,
                "From the start of the process to the first 200; the memory is what the process holds then.",
                1,
                List.of(
                        new Contender("fast-jar", Role.OURS, () -> service.measure(List.of())),
                        new Contender("with an AOT cache", Role.OURS, () -> {
                            if (withCache.isEmpty()) {
                                withCache.addAll(
                                        service.train(workshop.scratch().newFile("cache")));
                            }
                            return service.measure(withCache);
                        }),
                        new Contender("bare Quarkus", Role.FLOOR, () -> bare.measure(List.of()))));
    }

    private String config() {
        try {
            return Files.writeString(workshop.scratch().newFile("config"), "{\"tables\": {}}")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> sidecar() {
        return Map.of(
                "S3_ENDPOINT",
                "http://" + workshop.authority(),
                "CATALOG_HOST",
                "127.0.0.1",
                "CATALOG_PORT",
                "1",
                "BUFFER_DIR",
                workshop.scratch().newFile("buffer").toString());
    }

    /// Everything stands in the workshop's scratch folder.
    @Override
    public void close() {}
}
