package io.duckfleet.sidecar.crash;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// An S3 server as a process of its own, which can be killed: folder, port, key and secret are its arguments.
final class S3Process {

    private S3Process() {}

    public static void main(String[] arguments) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(Path.of(arguments[0]).toString()))
                .endpoint(URI.create("http://127.0.0.1:" + arguments[1]))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[2], arguments[3])
                .build();
        server.start();
        new CountDownLatch(1).await();
    }
}
