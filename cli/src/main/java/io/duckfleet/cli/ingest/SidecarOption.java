package io.duckfleet.cli.ingest;

import io.duckfleet.cli.terminal.CommandFailure;
import java.net.URI;
import picocli.CommandLine.Option;

/// The sidecar's address.
final class SidecarOption {

    @Option(
            names = "--sidecar-url",
            paramLabel = "URL",
            defaultValue = "${env:DUCKFLEET_SIDECAR_URL:-http://localhost:8001}",
            description = "The sidecar's address. Default: DUCKFLEET_SIDECAR_URL, else http://localhost:8001")
    private String url = "";

    /// The address of `path` at the sidecar.
    URI resolve(String path) {
        if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            throw CommandFailure.usage(
                    "\"%s\" is no address of a sidecar; http://host:port was expected".formatted(url));
        }
        return URI.create(url.replaceFirst("/+$", "") + path);
    }
}
