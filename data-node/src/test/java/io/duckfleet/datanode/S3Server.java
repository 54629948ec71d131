package io.duckfleet.datanode;

import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.s3.S3Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A real S3 server in this process, at a free port, with one bucket.
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret";
    public static final String BUCKET = "files";

    /// Connections that a dying server has taken, but not served, are waited for so long.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BlobStore blobs;
    private S3Proxy server;
    private int pausedPort;

    private S3Server(BlobStore blobs, S3Proxy server) {
        this.blobs = blobs;
        this.server = server;
    }

    public static S3Server start() {
        try {
            BlobStore blobs = new FilesystemNio2BlobStore(
                    Files.createTempDirectory("duckfleet-s3-").toString());
            S3Server server = new S3Server(blobs, serve(blobs, 0));
            blobs.createContainer(BUCKET);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Proxy serve(BlobStore blobs, int port) {
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            return server;
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server doesn't start", e);
        }
    }

    /// Stops the server, with all that it is sending, and starts it again at its address.
    public void restart() {
        pause();
        resume();
    }

    /// Stops the server, with all that it is sending, until [#resume()].
    public void pause() {
        pausedPort = server.getPort();
        stop();
    }

    /// Starts a paused server again at its address.
    public void resume() {
        server = serve(blobs, pausedPort);
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server doesn't stop", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /// Puts an object and gives its address.
    public String put(String key, byte[] content) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(BUCKET)
                .key(key)
                .contentLength((long) content.length)
                .build();
        blobs.putBlob(request, new ByteArrayInputStream(content));
        return "s3://" + BUCKET + "/" + key;
    }

    public S3Client client() {
        return client(endpoint(), SECRET_KEY);
    }

    /// A client for any endpoint, with any secret.
    public static S3Client client(URI endpoint, String secret) {
        return S3Clients.of(new S3Settings(endpoint, ACCESS_KEY, secret, BUCKET, "us-east-1"), PATIENCE);
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            blobs.close();
        }
    }
}
