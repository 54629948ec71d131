package io.duckfleet.sidecar.iceberg;

import java.io.ByteArrayInputStream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// An object, read whole when it is opened.
record StoredFile(S3Client client, String bucket, String key, String location) implements InputFile {

    @Override
    public long getLength() {
        return client.headObject(request -> request.bucket(bucket).key(key)).contentLength();
    }

    @Override
    public boolean exists() {
        try {
            return getLength() >= 0;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    @Override
    public SeekableInputStream newStream() {
        try {
            return new Bytes(
                    client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            throw new NotFoundException(e, "%s is not there", location);
        }
    }

    private static final class Bytes extends SeekableInputStream {

        private final byte[] content;
        private ByteArrayInputStream rest;

        Bytes(byte[] content) {
            this.content = content;
            this.rest = new ByteArrayInputStream(content);
        }

        @Override
        public long getPos() {
            return (long) content.length - rest.available();
        }

        @Override
        public void seek(long position) {
            int from = Math.toIntExact(position);
            rest = new ByteArrayInputStream(content, from, content.length - from);
        }

        @Override
        public int read() {
            return rest.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return rest.read(target, offset, length);
        }
    }
}
