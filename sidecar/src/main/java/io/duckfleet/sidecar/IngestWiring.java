package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.ingest.BodyLimits;
import io.duckfleet.sidecar.ingest.BodyReader;
import io.duckfleet.sidecar.ingest.FileConversion;
import io.duckfleet.sidecar.ingest.IngestAnswers;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.ingest.IngestFiles;
import io.duckfleet.sidecar.ingest.IngestService;
import io.duckfleet.sidecar.ingest.LinesReader;
import io.duckfleet.sidecar.ingest.Spool;
import io.duckfleet.sidecar.ingest.Submissions;
import io.duckfleet.sidecar.lake.LakeReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Puts together what takes records and files.
final class IngestWiring {

    /// Of the DuckDB that reads a file of CSV or Parquet, while it does.
    private static final String CONVERSION_MEMORY = "512MB";

    @Produces
    @Singleton
    IngestBudget budget(SidecarConfig config, MeterRegistry registry) {
        long bytes = config.maxInFlight().map(size -> size.asLongValue()).orElseGet(IngestWiring::halfOfHeap);
        IngestBudget budget = new IngestBudget(bytes, config.maxRequests());
        Gauge.builder("duckfleet.ingest.inflight.bytes", budget::bytes).register(registry);
        return budget;
    }

    @Produces
    @Singleton
    BodyReader bodies(SidecarConfig config) {
        return new BodyReader(Math.min(config.maxBody().asLongValue(), halfOfHeap()));
    }

    @Produces
    @Singleton
    IngestService ingests(
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            IngestAnswers answers,
            SidecarConfig config) {
        return new IngestService(committer, ledger, files, lake, answers, config.deadline(), config.keysRemembered());
    }

    @Produces
    @Singleton
    Spool spool(SidecarConfig config, MeterRegistry registry) {
        Path folder = config.spoolDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        Spool spool = new Spool(folder, config.maxSpool().asLongValue());
        Gauge.builder("duckfleet.ingest.spooled.bytes", spool::bytes).register(registry);
        return spool;
    }

    @Produces
    @Singleton
    LinesReader lines(Spool spool, SidecarConfig config) {
        return new LinesReader(spool, config.memoryPerBody().asLongValue());
    }

    void close(@Disposes LinesReader lines) {
        lines.close();
    }

    @Produces
    @Singleton
    BodyLimits limits(SidecarConfig config) {
        return new BodyLimits(config.bodyGrace(), config.maxFile().asLongValue());
    }

    @Produces
    @Singleton
    Submissions submissions(
            IngestService ingests,
            BodyReader bodies,
            LinesReader lines,
            Spool spool,
            SidecarConfig config,
            Clock clock) {
        DuckDbSettings duckDb = DuckDbSettings.in(
                        config.spoolDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))))
                .withMemoryLimit(Optional.of(CONVERSION_MEMORY))
                .withThreads(config.threads());
        IngestFiles files = new IngestFiles(new FileConversion(spool, duckDb), spool);
        return new Submissions(ingests, bodies, lines, files, clock);
    }

    @Produces
    @Singleton
    IngestAnswers answers(LakeSettings lake, Clock clock) {
        return new IngestAnswers(lake.s3().bucket(), clock);
    }

    private static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }
}
