package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.schema.Records;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Turns bodies of all forms into submissions and hands them to the service.
public final class Submissions {

    private final IngestService ingests;
    private final BodyReader bodies;
    private final LinesReader lines;
    private final IngestFiles files;
    private final Clock clock;

    public Submissions(IngestService ingests, BodyReader bodies, LinesReader lines, IngestFiles files, Clock clock) {
        this.ingests = ingests;
        this.bodies = bodies;
        this.lines = lines;
        this.files = files;
        this.clock = clock;
    }

    /// Commits an envelope; `length` is its Content-Length, negative when there is none.
    IngestAnswer envelope(InputStream body, long length, IngestOptions options, IngestBudget.Share share) {
        Instant receivedAt = clock.instant();
        ingests.checkReady();
        byte[] bytes = bodies.read(body, length, share);
        Envelope envelope = EnvelopeReader.read(bytes, options.rules());
        Records all = envelope.scan().records();
        List<KeptRecord> rejected = IngestService.kept(all, envelope.scan().rejected());
        Submission submission = new Submission(
                envelope.table(),
                envelope.day(),
                rejected.isEmpty() ? all : all.without(envelope.scan().rejected()),
                rejected,
                () -> ContentHash.of(bytes, envelope.table(), envelope.day()),
                receivedAt);
        return ingests.ingest(submission, options);
    }

    /// Commits JSON lines of any length.
    public IngestAnswer lines(
            InputStream body, Destination destination, IngestOptions options, IngestBudget.Share share) {
        return lines(new RecordLines(body, true), destination, options, share);
    }

    private IngestAnswer lines(
            RecordLines body, Destination destination, IngestOptions options, IngestBudget.Share share) {
        Instant receivedAt = clock.instant();
        ingests.checkReady();
        TableName table = destination.tableOrUsual();
        try (Lines read = lines.read(body.content(), options.rules(), share)) {
            Submission submission = new Submission(
                    table,
                    destination.day(),
                    read.records(),
                    body.numbered() ? read.rejected() : withoutLines(read.rejected()),
                    () -> ContentHash.of(read.content(), table, destination.day()),
                    receivedAt);
            return ingests.ingest(submission, options);
        }
    }

    private static List<KeptRecord> withoutLines(List<KeptRecord> rejected) {
        return rejected.stream()
                .map(kept -> new KeptRecord(kept.rejection().withoutLine(), kept.text()))
                .toList();
    }

    /// Commits a file of any form that is known.
    IngestAnswer file(UploadedFile file, Destination destination, IngestOptions options, IngestBudget.Share share) {
        return files.read(file, content -> lines(content, destination, options, share));
    }
}
