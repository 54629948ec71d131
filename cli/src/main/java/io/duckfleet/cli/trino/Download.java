package io.duckfleet.cli.trino;

import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;

/// A large file over HTTP. What has come stays in the file, so that a download that breaks goes on there, in
/// the same run or in a later one; where the server doesn't do ranges, it begins anew.
record Download(String name, URI from, Path file, Progress progress) {

    private static final int ATTEMPTS = 5;
    private static final int CONNECT_MS = 15_000;
    private static final int SILENCE_MS = 60_000;
    private static final int BUFFER = 1 << 16;
    private static final int PARTS_TOLD = 10;
    private static final long MEGABYTE = 1_000_000;

    /// What a server answered that has something against the request.
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /// Fetches what is missing. Attempts that bring something aren't counted.
    ///
    /// @throws IOException when several attempts in a row brought nothing, or the server refuses
    void run() throws IOException {
        int inVain = 0;
        while (true) {
            long before = size();
            try {
                fetch(before);
                return;
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                inVain = size() > before ? 0 : inVain + 1;
                if (inVain == ATTEMPTS) {
                    throw e;
                }
                progress.say("  %s: broken off after %d MB (%s), goes on"
                        .formatted(name, size() / MEGABYTE, e.getMessage()));
            }
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void fetch(long have) throws IOException {
        HttpURLConnection connection = open(have);
        try {
            switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_PARTIAL -> copy(connection, have);
                case HttpURLConnection.HTTP_OK -> copy(connection, 0);
                case 416 -> requireWhole(connection, have);
                default ->
                    throw new RefusedException("%s answered %d for %s"
                            .formatted(from.getHost(), connection.getResponseCode(), from.getPath()));
            }
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(long have) throws IOException {
        if (!(from.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new RefusedException(
                    "an address of http or https was expected, found %s".formatted(from.getScheme()));
        }
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(SILENCE_MS);
        Optional.ofNullable(from.getUserInfo())
                .ifPresent(user -> connection.setRequestProperty("Authorization", "Basic " + base64(user)));
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=%d-".formatted(have));
        }
        return connection;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// There is nothing after what we have: it is whole, or another file than the one that we began.
    private void requireWhole(HttpURLConnection connection, long have) throws IOException {
        String range =
                Optional.ofNullable(connection.getHeaderField("Content-Range")).orElse("");
        if (!range.endsWith("/" + have)) {
            Files.delete(file);
            throw new IOException("what was there doesn't fit, so it begins anew");
        }
    }

    private void copy(HttpURLConnection connection, long have) throws IOException {
        long total = have + connection.getContentLengthLong();
        StandardOpenOption mode = have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (InputStream in = connection.getInputStream();
                OutputStream out =
                        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            long done = have;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                tell(done, done + read, total);
                done += read;
            }
            if (done < total) {
                throw new IOException("the connection ended");
            }
        }
    }

    /// A line for each tenth.
    private void tell(long before, long now, long total) {
        if (total > 0 && before * PARTS_TOLD / total < now * PARTS_TOLD / total) {
            progress.say("  %s: %d %% of %d MB".formatted(name, now * 100 / total, total / MEGABYTE));
        }
    }

    @Override
    public String toString() {
        return "Download[%s from %s]".formatted(name, from.getHost());
    }
}
