package io.duckfleet.benchmarks;

import io.duckfleet.benchmarks.generate.GenerateWork;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.ResultsFolder;
import io.duckfleet.benchmarks.harness.Rounds;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.ingest.ClientsWork;
import io.duckfleet.benchmarks.ingest.IngestWork;
import io.duckfleet.benchmarks.ingest.StreamWork;
import io.duckfleet.benchmarks.ingest.UploadWork;
import io.duckfleet.benchmarks.lake.LakeWork;
import io.duckfleet.benchmarks.load.LoadWork;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.benchmarks.query.GrowthWork;
import io.duckfleet.benchmarks.query.JoinWork;
import io.duckfleet.benchmarks.query.OverheadWork;
import io.duckfleet.benchmarks.query.TpchWork;
import io.duckfleet.benchmarks.start.StartWork;
import io.duckfleet.benchmarks.transfer.TransferWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs the works against their peers and writes the results.
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures Duckfleet against its peers; all works, or those that are named.")
public final class Benchmarks implements Callable<Integer> {

    /// Those of the embedded S3 server and of the embedded Postgres; held here, as loggers are held weakly.
    private static final List<Logger> STORAGE_LOGS =
            List.of(Logger.getLogger("org.gaul"), Logger.getLogger("io.zonky"));

    /// The works, by the names that they have on the command line.
    enum Name {
        load,
        transfer,
        tpch,
        join,
        ingest,
        clients,
        stream,
        upload,
        lake,
        start,
        overhead,
        growth,
        generate
    }

    @Parameters(paramLabel = "WORK", description = "one of ${COMPLETION-CANDIDATES}; all without")
    private List<Name> works = List.of(Name.values());

    @Option(names = "--scale", defaultValue = "1", description = "part of the full size (default: ${DEFAULT-VALUE})")
    private double scale;

    @Option(names = "--rounds", defaultValue = "5", description = "rounds that count (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--warm-ups",
            defaultValue = "1",
            description = "rounds that don't count, at least (default: ${DEFAULT-VALUE})")
    private int warmUps;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "6",
            description = "how long each contender warms up, at least (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds;

    @Option(
            names = "--output",
            defaultValue = "benchmarks",
            description = "folder of RESULTS.md and results.json (default: ${DEFAULT-VALUE})")
    private Path output = Path.of("benchmarks");

    public static void main(String[] arguments) {
        STORAGE_LOGS.forEach(log -> log.setLevel(Level.WARNING));
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Rounds runner = new Rounds(warmUps, Duration.ofSeconds(warmUpSeconds), rounds, commit(), System.out);
        ResultsFolder results = new ResultsFolder(output);
        try (Workshop workshop = new Workshop()) {
            for (Name name : works) {
                run(name, workshop, runner, results);
            }
        }
        System.out.printf("results: %s%n", output.resolve("RESULTS.md"));
        return CommandLine.ExitCode.OK;
    }

    private void run(Name name, Workshop workshop, Rounds runner, ResultsFolder results) throws Exception {
        System.out.printf("preparing %s at scale %s%n", name, scale);
        try (Work work = prepare(name, workshop)) {
            for (Race race : work.races()) {
                results.add(runner.run(race));
            }
        }
    }

    private Work prepare(Name name, Workshop workshop) throws IOException {
        return switch (name) {
            case load -> new LoadWork(workshop, scale);
            case transfer -> new TransferWork(workshop, scale);
            case tpch -> new TpchWork(workshop, scale);
            case join -> new JoinWork(workshop, scale);
            case ingest -> new IngestWork(workshop, scale);
            case clients -> new ClientsWork(workshop, scale);
            case stream -> new StreamWork(workshop, scale);
            case upload -> new UploadWork(workshop, scale);
            case lake -> new LakeWork(workshop, scale);
            case generate -> new GenerateWork(scale);
            case start -> new StartWork(workshop);
            case overhead -> new OverheadWork(workshop, scale);
            case growth -> new GrowthWork(workshop, scale);
        };
    }

    /// The commit that was measured, where git can tell it.
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? "unknown" : commit;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
