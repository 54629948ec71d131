package io.duckfleet.benchmarks.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection that sends one record after the other, each when the one before was acknowledged. It does
/// as little as it can, since it shares the machine with what it measures.
final class StreamClient implements AutoCloseable {

    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;

    StreamClient(URI server, String table, String data) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        String body = "{\"data\":%s}".formatted(data);
        this.request =
                """
                POST /ingest/stream?table_name=%s HTTP/1.1\r
                Host: %s\r
                Content-Length: %d\r
                \r
                %s""".formatted(table, server.getAuthority(), body.length(), body).getBytes(StandardCharsets.UTF_8);
    }

    /// Sends a record and waits for its ack; gives how long that took, in nanoseconds.
    long send() throws IOException {
        long start = System.nanoTime();
        out.write(request);
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        if (!status.contains(" 200 ")) {
            throw new IOException("the sidecar answered " + status);
        }
        return System.nanoTime() - start;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
