package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.LineScan;
import io.duckfleet.sidecar.schema.ScanRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads JSON lines of any length: cuts the body into pieces at line ends, has them scanned by several
/// threads while it reads on, and collects what they find in order. Thread-safe.
public final class LinesReader implements AutoCloseable {

    private static final int PIECE_BYTES = 2 * 1024 * 1024;

    /// Most bodies are short.
    private static final int FIRST_BYTES = 64 * 1024;

    private final Spool spool;
    private final long memoryPerBody;
    private final int ahead;
    private final ExecutorService scanners;

    /// What is beyond `memoryPerBody` bytes of a body goes to the spool.
    public LinesReader(Spool spool, long memoryPerBody) {
        this.spool = spool;
        this.memoryPerBody = memoryPerBody;
        int threads = Runtime.getRuntime().availableProcessors();
        this.ahead = threads + 1;
        this.scanners = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("scan-", 0).daemon().factory());
    }

    /// Reads `body` to its end; the lines are to be closed when they are committed.
    ///
    /// @throws FleetException `invalid_request` when the body breaks off or has no record, `overloaded` when
    /// there is no room for it
    Lines read(InputStream body, ScanRules rules, IngestBudget.Share share) {
        Lines lines = new Lines(spool, memoryPerBody, rules, share);
        Deque<Future<LineScan.Result>> scans = new ArrayDeque<>();
        try {
            Piece piece = next(body, new byte[0], FIRST_BYTES, rules.maxRecordBytes());
            int pieces = 0;
            while (piece.length > 0) {
                share.take(pieces++ < ahead ? piece.bytes.length : 0);
                byte[] bytes = piece.bytes;
                int length = piece.length;
                scans.add(scanners.submit(() -> LineScan.scan(bytes, length, rules)));
                if (scans.size() == ahead) {
                    lines.add(done(scans.removeFirst()));
                }
                piece = next(body, piece.rest, PIECE_BYTES, rules.maxRecordBytes());
            }
            while (!scans.isEmpty()) {
                lines.add(done(scans.removeFirst()));
            }
            return lines.checked();
        } catch (IOException e) {
            lines.close();
            throw new FleetException(ErrorCode.INVALID_REQUEST, "the body broke off; send it again, whole", e);
        } catch (RuntimeException | Error e) {
            lines.close();
            throw e;
        } finally {
            scans.forEach(scan -> scan.cancel(false));
        }
    }

    /// Bytes up to a line's end, and what came behind it.
    private static final class Piece {

        private final byte[] bytes;
        private final int length;
        private final byte[] rest;

        Piece(byte[] bytes, int length, byte[] rest) {
            this.bytes = bytes;
            this.length = length;
            this.rest = rest;
        }
    }

    /// A line that is longer than a record may be is cut off there: its parts are rejected, each as a line.
    private static Piece next(InputStream body, byte[] rest, int size, int maxRecordBytes) throws IOException {
        byte[] bytes = Arrays.copyOf(rest, Math.max(size, rest.length * 2));
        int filled = rest.length;
        while (true) {
            int count = body.readNBytes(bytes, filled, bytes.length - filled);
            filled += count;
            if (filled < bytes.length) {
                return new Piece(bytes, filled, new byte[0]);
            }
            int end = filled < PIECE_BYTES ? 0 : lastLineEnd(bytes, filled);
            if (end > 0 || filled > maxRecordBytes + 1) {
                int length = end > 0 ? end : filled;
                return new Piece(bytes, length, Arrays.copyOfRange(bytes, length, filled));
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    private static int lastLineEnd(byte[] bytes, int filled) {
        for (int i = filled - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private static LineScan.Result done(Future<LineScan.Result> scan) {
        try {
            return scan.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment", e);
        }
    }

    @Override
    public void close() {
        scanners.shutdownNow();
    }
}
