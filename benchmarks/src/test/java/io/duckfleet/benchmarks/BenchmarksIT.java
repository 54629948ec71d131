package io.duckfleet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.benchmarks.harness.RaceResult;
import io.duckfleet.benchmarks.harness.ResultsFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Runs each work once at a tiny size, against the real programs: that it runs, not how fast.
class BenchmarksIT {

    @TempDir
    Path folder;

    @Test
    void runsEveryWorkAgainstItsPeers() throws IOException {
        int exitCode = new CommandLine(new Benchmarks())
                .execute("--scale", "0.001", "--rounds", "1", "--warm-ups", "0", "--output", folder.toString());

        assertThat(exitCode).isZero();
        assertThat(new ResultsFolder(folder).read())
                .extracting(RaceResult::name)
                .containsExactly(
                        "1 load",
                        "1 load, warm",
                        "2 transfer",
                        "2 transfer, read once",
                        "3 TPC-H",
                        "4 selective join",
                        "5 ingest a large post",
                        "5 ingest a large post to a filled table",
                        "5 ingest a small post",
                        "6 ingest by 64 clients",
                        "6 one post of 100 records to a filled table",
                        "6 slowest of 100 posts by 64 clients",
                        "7 stream, 64 clients",
                        "7 stream, one client",
                        "8 upload 100 MB",
                        "9 lake, aggregation",
                        "9 lake, by id",
                        "9 lake, by random id",
                        "9 lake, date range",
                        "9 lake, eight clients",
                        "9 lake, recent",
                        "9 lake, search",
                        "10 start of coordinator",
                        "10 start of data-node",
                        "10 start of sidecar",
                        "11 coordinator, LIMIT 5",
                        "11 coordinator, SELECT 1",
                        "12 growth, 1 node",
                        "12 growth, 1 x the rows",
                        "12 growth, 10 x the rows",
                        "12 growth, 100 x the rows",
                        "12 growth, 2 nodes",
                        "12 growth, 4 nodes",
                        "12 growth, 8 nodes",
                        "generate event",
                        "generate product",
                        "generate sensor",
                        "generate transaction",
                        "generate user");
    }
}
