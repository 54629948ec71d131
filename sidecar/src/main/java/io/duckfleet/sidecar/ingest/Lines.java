package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.schema.Chunk;
import io.duckfleet.sidecar.schema.LineScan;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.ScanRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines of a body, collected piece by piece: chunks of good records, the first of them in memory and the
/// others in the spool, and the bad ones. Used by one thread.
final class Lines implements AutoCloseable {

    /// What is kept of bad lines is held in memory.
    static final int MAX_REJECTED = 100_000;

    private static final long MAX_REJECTED_CHARS = 32L * 1024 * 1024;

    private final Spool spool;
    private final long memory;
    private final ScanRules rules;
    private final IngestBudget.Share share;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<KeptRecord> rejected = new ArrayList<>();
    private Optional<Spool.SpoolFile> file = Optional.empty();
    private long rejectedChars;
    private long inMemory;
    private int records;
    private long lines;

    Lines(Spool spool, long memory, ScanRules rules, IngestBudget.Share share) {
        this.spool = spool;
        this.memory = memory;
        this.rules = rules;
        this.share = share;
    }

    void add(LineScan.Result scan) {
        keep(scan.rejected(records, lines));
        if (scan.span().count() > 0) {
            chunks.add(placed(scan.chunk(records)));
        }
        records = Math.addExact(records, scan.records());
        lines += scan.lines();
    }

    private void keep(List<LineScan.RejectedLine> more) {
        for (LineScan.RejectedLine line : more) {
            rejected.add(new KeptRecord(line.record(), line.text()));
            rejectedChars += line.text().length();
        }
        if (rejected.size() > MAX_REJECTED || rejectedChars > MAX_REJECTED_CHARS) {
            throw Rejections.refuse(rejected.stream().map(KeptRecord::rejection).toList());
        }
    }

    private Chunk placed(Chunk chunk) {
        if (inMemory + chunk.bytes() <= memory) {
            share.take(chunk.bytes());
            inMemory += chunk.bytes();
            return chunk;
        }
        Spool.SpoolFile target = file.orElseGet(spool::open);
        file = Optional.of(target);
        return chunk.from(target.write(chunk.source().load()));
    }

    /// @throws FleetException `invalid_request` if there is no record at all
    Lines checked() {
        if (records == 0) {
            throw FleetException.invalid("body", "is empty; at least one record was expected");
        }
        return this;
    }

    Records records() {
        return Records.of(chunks, rules.partitionBy());
    }

    List<KeptRecord> rejected() {
        return List.copyOf(rejected);
    }

    @Override
    public void close() {
        file.ifPresent(Spool.SpoolFile::close);
    }
}
