package io.duckfleet.sidecar.iceberg;

import java.io.ByteArrayOutputStream;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// An object that is put when it is closed, all at once.
record NewFile(S3Client client, String bucket, String key, String location) implements OutputFile {

    /// Names of the mirror's files are made up: there is no older one.
    @Override
    public PositionOutputStream create() {
        return createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return new Put();
    }

    @Override
    public InputFile toInputFile() {
        return new StoredFile(client, bucket, key, location);
    }

    private final class Put extends PositionOutputStream {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public long getPos() {
            return content.size();
        }

        @Override
        public void write(int value) {
            content.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            content.write(source, offset, length);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                client.putObject(
                        request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content.toByteArray()));
            }
        }
    }
}
