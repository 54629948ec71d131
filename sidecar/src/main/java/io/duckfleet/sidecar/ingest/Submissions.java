package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.schema.Records;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

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

    /// Commits an envelope; `length` is its Content-Length, negative when there is none, and `named` what is
    /// named beside it.
    IngestAnswer envelope(
            InputStream body, long length, Destination named, IngestOptions options, IngestBudget.Share share) {
        Instant receivedAt = clock.instant();
        ingests.checkReady();
        byte[] bytes = bodies.read(body, length, share);
        Envelope envelope = EnvelopeReader.read(bytes, named, options.rules());
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
        return lines(new RecordLines(body, true), () -> destination, options, share);
    }

    /// The destination is asked for when all records have come.
    private IngestAnswer lines(
            RecordLines body, Supplier<Destination> named, IngestOptions options, IngestBudget.Share share) {
        Instant receivedAt = clock.instant();
        ingests.checkReady();
        MessageDigest digest = ContentHash.begin();
        InputStream content =
                options.idempotencyKey().isPresent() ? new DigestInputStream(body.content(), digest) : body.content();
        try (Lines read = lines.read(content, options.rules(), share)) {
            Destination destination = named.get();
            TableName table = destination.tableOrUsual();
            Submission submission = new Submission(
                    table,
                    destination.day(),
                    read.records(),
                    body.numbered() ? read.rejected() : withoutLines(read.rejected()),
                    () -> ContentHash.of(digest, table, destination.day()),
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
    IngestAnswer file(FileForm form, IngestParameters parameters, IngestOptions options, IngestBudget.Share share) {
        return files.read(form.file(), content -> lines(content, () -> form.destination(parameters), options, share));
    }
}
