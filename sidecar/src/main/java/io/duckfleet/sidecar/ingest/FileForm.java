package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadBase.FileSizeLimitExceededException;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;

/// A multipart form while it comes: fields, and one file, which is read where it stands. For one thread.
final class FileForm {

    private static final String FILE = "file";
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_FIELD_BYTES = 64 * 1024;

    /// The longest file name of usual file systems, each byte escaped, fits into it.
    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;

    private final FileItemIterator parts;
    private final BodyLimits limits;
    private final Map<String, String> fields = new HashMap<>();

    private FileForm(FileItemIterator parts, BodyLimits limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// The form that `body` brings.
    ///
    /// @throws FleetException `invalid_request` if it is none
    static FileForm of(String contentType, InputStream body, BodyLimits limits) {
        FileUpload upload = new FileUpload();
        upload.setFileSizeMax(limits.maxFileBytes());
        upload.setPartHeaderSizeMax(MAX_PART_HEADER_BYTES);
        try {
            return new FileForm(upload.getItemIterator(new Body(contentType, body)), limits);
        } catch (FileUploadException | IOException e) {
            throw broken(e);
        }
    }

    /// The file, to be read before anything that comes behind it.
    ///
    /// @throws FleetException `invalid_request` if there is none, or the form is broken
    UploadedFile file() {
        Optional<FileItemStream> file = next();
        return file.map(part -> new UploadedFile(
                        new Content(part), Optional.ofNullable(part.getName()).orElse("")))
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
    private Optional<FileItemStream> next() {
        try {
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (FILE.equals(part.getFieldName())) {
                    return Optional.of(part);
                }
                fields.put(String.valueOf(part.getFieldName()), text(part));
            }
            return Optional.empty();
        } catch (FileUploadException | IOException e) {
            throw broken(e);
        }
    }

    private static String text(FileItemStream part) throws IOException {
        try (InputStream content = part.openStream()) {
            return new String(content.readNBytes(MAX_FIELD_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static FleetException broken(Exception cause) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST, "the body is no whole multipart form; send it again, whole", cause);
    }

    private record Body(String contentType, InputStream content) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        @SuppressWarnings("deprecation") // asked for by the interface all the same
        public int getContentLength() {
            return -1;
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public InputStream getInputStream() {
            return new BufferedInputStream(content, BUFFER);
        }
    }

    /// The file's bytes; what is wrong with the form is told as such, and not as a fault of the file.
    private final class Content extends FilterInputStream {

        Content(FileItemStream part) {
            super(open(part));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                if (e.getCause() instanceof FileSizeLimitExceededException over) {
                    limits.checkFile(over.getActualSize());
                }
                throw broken(e);
            }
        }
    }

    private static InputStream open(FileItemStream part) {
        try {
            return part.openStream();
        } catch (IOException e) {
            throw broken(e);
        }
    }
}
