package io.duckfleet.cli.query;

import io.duckfleet.cli.terminal.CommandFailure;
import java.net.URI;
import picocli.CommandLine.Option;

/// The coordinator's address.
public final class UrlOption {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:DUCKFLEET_URL:-http://localhost:8000}",
            description = "The coordinator's address. Default: DUCKFLEET_URL, else http://localhost:8000")
    private String url = "";

    /// The address of `path` at the coordinator.
    public URI resolve(String path) {
        if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            throw CommandFailure.usage(
                    "\"%s\" is no address of a coordinator; http://host:port was expected".formatted(url));
        }
        return URI.create(url.replaceFirst("/+$", "") + path);
    }
}
