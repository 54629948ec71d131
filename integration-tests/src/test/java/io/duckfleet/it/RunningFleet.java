package io.duckfleet.it;

import io.duckfleet.cli.local.DataDirectory;
import io.duckfleet.cli.local.Installation;
import io.duckfleet.cli.local.LocalFleet;
import io.duckfleet.cli.local.LocalFleetSettings;
import io.duckfleet.cli.local.PortLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One fleet for all the tests of this module: real processes on free ports, started with the first test
/// class and stopped after the last one.
public final class RunningFleet implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private LocalFleet fleet;

    @Override
    public void beforeAll(ExtensionContext context) {
        fleet = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningFleet.class))
                .computeIfAbsent(RunningFleet.class, key -> start(), LocalFleet.class);
    }

    private static LocalFleet start() {
        try {
            Path data = Files.createTempDirectory("duckfleet-it-");
            Installation installation = new Installation(Path.of(System.getProperty("duckfleet.root")));
            LocalFleet started =
                    LocalFleet.start(new LocalFleetSettings(installation, new DataDirectory(data), PortLayout.free()));
            started.loadTrips();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public LocalFleet local() {
        return fleet;
    }

    /// The coordinator's answer to `sql` in a format such as `ndjson`.
    HttpResponse<String> query(String sql, String format) {
        return post(fleet.coordinator().resolve("/query?format=" + format), Json.object("query", sql));
    }

    /// Posts a JSON body.
    HttpResponse<String> post(URI uri, String body) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(URI uri) {
        return send(HttpRequest.newBuilder(uri).DELETE());
    }

    HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
