package io.duckfleet.sidecar;

import io.duckfleet.sidecar.buffer.Buffer;
import io.duckfleet.sidecar.buffer.BufferMeters;
import io.duckfleet.sidecar.buffer.BufferSettings;
import io.duckfleet.sidecar.buffer.FlushCommit;
import io.duckfleet.sidecar.buffer.FlushSchedule;
import io.duckfleet.sidecar.buffer.Flusher;
import io.duckfleet.sidecar.buffer.StreamService;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.lake.LakeReader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts together what keeps single records until they are flushed.
final class BufferWiring {

    @Produces
    @Singleton
    BufferMeters bufferMeters(MeterRegistry registry) {
        return new BufferMeters(registry);
    }

    @Produces
    @Singleton
    Buffer buffer(SidecarConfig config, Clock clock, BufferMeters meters) {
        SidecarConfig.BufferConfig buffer = config.buffer();
        return new Buffer(
                new BufferSettings(
                        buffer.directory(),
                        buffer.maxSize().asLongValue(),
                        buffer.reserve().asLongValue(),
                        buffer.flushRows(),
                        buffer.flushSize().asLongValue(),
                        buffer.flushAge()),
                clock,
                meters);
    }

    void close(@Disposes Buffer buffer) {
        buffer.close();
    }

    @Produces
    @Singleton
    StreamService streams(Buffer buffer, KeyLedger ledger, BufferMeters meters, Clock clock) {
        return new StreamService(buffer, ledger, meters, clock);
    }

    @Produces
    @Singleton
    Flusher flusher(
            Buffer buffer,
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            BufferMeters meters,
            Clock clock,
            SidecarConfig config) {
        FlushCommit commits = new FlushCommit(committer, ledger, files, lake, config.deadline());
        return new Flusher(buffer, commits, meters, clock, config.keysRemembered());
    }

    @Produces
    @Singleton
    FlushSchedule flushSchedule(Buffer buffer, Flusher flusher, Clock clock) {
        return new FlushSchedule(buffer, flusher, clock);
    }
}
