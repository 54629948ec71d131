package io.duckfleet.cli.local.storage;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// An S3 server in this process whose buckets are folders and whose objects are files. Thread-safe.
public final class ObjectStore implements AutoCloseable {

    private static final int THREADS = 32;

    /// Clients keep idle connections open; nobody waits for them.
    private static final long STOP_AT_ONCE = 0;

    private final BlobStore blobs;
    private final S3Proxy server;

    private ObjectStore(BlobStore blobs, S3Proxy server) {
        this.blobs = blobs;
        this.server = server;
    }

    /// Serves the folder `root`, which is made if it is missing, at `port` of the loopback address.
    ///
    /// @throws CommandFailure if it can't be started
    public static ObjectStore start(Path root, int port, StorageCredentials credentials) {
        try {
            Files.createDirectories(root);
            BlobStore blobs = new FilesystemNio2BlobStore(root.toString());
            S3Proxy server = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(
                            AuthenticationType.AWS_V2_OR_V4, credentials.s3AccessKey(), credentials.s3SecretKey())
                    .ignoreUnknownHeaders(true)
                    .jettyMaxThreads(THREADS)
                    .stopTimeout(STOP_AT_ONCE)
                    .build();
            server.start();
            return new ObjectStore(blobs, server);
        } catch (Exception e) {
            throw new CommandFailure("the S3 server can't be started at 127.0.0.1:%d: %s".formatted(port, e), e);
        }
    }

    /// Makes the bucket if there is none of that name.
    public void createBucket(String bucket) {
        if (!blobs.containerExists(bucket)) {
            blobs.createContainer(bucket);
        }
    }

    public boolean has(String bucket, String key) {
        return blobs.blobExists(bucket, key);
    }

    /// Puts the content of `file` as an object, in place of what stands there.
    public void put(String bucket, String key, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            PutObjectRequest request = PutObjectRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .contentLength(Files.size(file))
                    .build();
            blobs.putBlob(request, content);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be put into the bucket %s: %s".formatted(file, bucket, e), e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new CommandFailure("the S3 server can't be stopped: " + e, e);
        } finally {
            blobs.close();
        }
    }
}
