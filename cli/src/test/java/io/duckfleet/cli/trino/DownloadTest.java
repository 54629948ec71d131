package io.duckfleet.cli.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.duckfleet.cli.terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that breaks off as often as it is told to, with ranges or without.
class DownloadTest {

    private static final byte[] CONTENT = content();
    private static final int BREAK_AFTER = 70_000;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final List<String> ranges = new ArrayList<>();
    private HttpServer server;
    private int breaks;
    private boolean knowsRanges = true;

    private static byte[] content() {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void goesOnWhereItBroke() throws IOException {
        breaks = 2;

        download("/file").run();

        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(ranges).hasSize(3).first().isEqualTo("");
        assertThat(ranges.subList(1, 3)).allMatch(range -> range.matches("bytes=[1-9][0-9]*-"));
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("broken off", "100 %");
    }

    @Test
    void goesOnInAnotherRun() throws IOException {
        Files.write(file(), Arrays.copyOf(CONTENT, 1_000));

        download("/file").run();

        assertThat(file()).hasBinaryContent(CONTENT);
        assertThat(ranges).containsExactly("bytes=1000-");
    }

    @Test
    void leavesWhatIsWhole() throws IOException {
        Files.write(file(), CONTENT);

        download("/file").run();

        assertThat(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void beginsAnewWhereTheServerDoesNoRanges() throws IOException {
        knowsRanges = false;
        breaks = 1;

        download("/file").run();

        assertThat(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void beginsAnewWhenWhatIsThereIsTooLong() throws IOException {
        Files.write(file(), new byte[CONTENT.length + 1]);

        download("/file").run();

        assertThat(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void saysWhatTheServerAnswered() {
        assertThatThrownBy(() -> download("/nothing").run())
                .isInstanceOf(Download.RefusedException.class)
                .hasMessageContaining("404 for /nothing");
    }

    @Test
    void givesUpWhenNothingComes() {
        server.stop(0);

        assertThatThrownBy(() -> download("/file").run()).isInstanceOf(IOException.class);
    }

    private Path file() {
        return folder.resolve("file.part");
    }

    private Download download(String path) {
        URI from =
                URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
        return new Download("file", from, file(), Progress.to(new PrintStream(told, true, StandardCharsets.UTF_8)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        ranges.add(range);
        int from = knowsRanges && !range.isEmpty() ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
        if (from >= CONTENT.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + CONTENT.length);
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
        boolean whole = breaks-- <= 0;
        int length = whole ? CONTENT.length - from : Math.min(BREAK_AFTER, CONTENT.length - from - 1);
        exchange.getResponseBody().write(CONTENT, from, length);
        exchange.getResponseBody().flush();
        exchange.close();
    }
}
