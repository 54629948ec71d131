package io.duckfleet.cli.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrinoInstallerTest {

    @TempDir
    Path folder;

    @Test
    void leavesAServerThatIsThere() throws IOException {
        TrinoHome home = TrinoHome.in(folder);
        Files.createDirectories(home.libraries());

        assertThat(installer(URI.create("http://127.0.0.1:1")).install()).isEqualTo(home);
    }

    @Test
    void takesNoOtherFile() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/m2/io/trino/trino-server/476/trino-server-476.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("no archive".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            URI repository = URI.create(
                    "http://127.0.0.1:%d/m2".formatted(server.getAddress().getPort()));

            assertThatThrownBy(() -> installer(repository).install())
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("SHA-256");
        } finally {
            server.stop(0);
        }
        assertThat(TrinoHome.in(folder).isThere()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    private TrinoInstaller installer(URI repository) {
        return new TrinoInstaller(
                TrinoHome.in(folder),
                new MavenRepository(repository),
                folder.resolve("no-repository"),
                Progress.silent());
    }
}
