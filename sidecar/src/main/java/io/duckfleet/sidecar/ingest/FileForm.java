package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The form of `POST /ingest/file` while it comes: fields, and one file, which is read where it stands. For
/// one thread.
final class FileForm {

    private static final String FILE = "file";
    private static final int MAX_FIELD_BYTES = 64 * 1024;

    private final FormParts parts;
    private final BodyLimits limits;
    private final Map<String, String> fields = new HashMap<>();

    private FileForm(FormParts parts, BodyLimits limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// The form that `body` brings.
    ///
    /// @throws FleetException `invalid_request` if it is none
    static FileForm of(String contentType, InputStream body, BodyLimits limits) {
        try {
            return new FileForm(FormParts.of(contentType, body), limits);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// The file, to be read before anything that comes behind it.
    ///
    /// @throws FleetException `invalid_request` if there is none, or the form is broken
    UploadedFile file() {
        return next().map(part -> new UploadedFile(
                        new Content(part.content()), part.fileName().orElse("")))
                .orElseThrow(() -> FleetException.invalid(FILE, "is missing; a part of that name was expected"));
    }

    /// Where the records go. Reads the form to its end, as fields may stand behind the file.
    ///
    /// @throws FleetException `invalid_request` if there is a second file, if the form is broken, or for what
    /// is no table's name or no day
    Destination destination(IngestParameters parameters) {
        if (next().isPresent()) {
            throw FleetException.invalid(FILE, "came twice; send one file a request");
        }
        TableChoice.requireNoOtherName(fields.get("table"));
        return parameters.destination(fields.get("table_name"), fields.get("partition_date"));
    }

    /// Keeps the fields up to the next file.
    private Optional<FormParts.Part> next() {
        try {
            Optional<FormParts.Part> part = parts.next();
            while (part.isPresent() && !FILE.equals(part.get().name())) {
                fields.put(part.get().name(), text(part.get().content()));
                part = parts.next();
            }
            return part;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readNBytes(MAX_FIELD_BYTES), StandardCharsets.UTF_8);
    }

    private static FleetException broken(Exception cause) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST, "the body is no whole multipart form; send it again, whole", cause);
    }

    /// The file's bytes; what is wrong with the form is told as such, and not as a fault of the file.
    private final class Content extends InputStream {

        private final InputStream part;
        private long bytes;

        Content(InputStream part) {
            this.part = part;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                int count = part.read(target, offset, length);
                bytes += Math.max(count, 0);
                limits.checkFile(bytes);
                return count;
            } catch (IOException e) {
                throw broken(e);
            }
        }
    }
}
