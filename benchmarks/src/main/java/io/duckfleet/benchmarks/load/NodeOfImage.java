package io.duckfleet.benchmarks.load;

import io.duckfleet.benchmarks.process.BenchmarkFiles;
import io.duckfleet.benchmarks.process.DataNodeProcess;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Data nodes with the JVM's flags that they have in their image, and with a cache of what the JVM has learnt
/// from the load of another file, as `docker/train` makes it.
final class NodeOfImage {

    private static final String KEY = "training.csv.gz";
    private static final long ROWS = 500_000;

    private final Workshop workshop;
    private List<String> flags = List.of();

    NodeOfImage(Workshop workshop) {
        this.workshop = workshop;
    }

    /// A node that has loaded the object `key`.
    DataNodeProcess start(String key) throws IOException {
        if (flags.isEmpty()) {
            flags = train();
        }
        return DataNodeProcess.start(workshop, key, flags);
    }

    private List<String> train() throws IOException {
        Path file = workshop.scratch().newFile("training");
        BenchmarkFiles.writeCsv(workshop, file, ROWS);
        workshop.store().put(Workshop.BUCKET, KEY, file);
        Files.delete(file);
        Path cache = workshop.scratch().newFile("node-cache");
        List<String> all = new ArrayList<>(workshop.imageFlags());
        all.add("-XX:AOTCacheOutput=" + cache);
        DataNodeProcess.start(workshop, KEY, all).close();
        all.removeLast();
        all.add("-XX:AOTCache=" + cache);
        return List.copyOf(all);
    }
}
