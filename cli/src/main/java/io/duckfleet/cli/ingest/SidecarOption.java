package io.duckfleet.cli.ingest;

import io.duckfleet.cli.terminal.CommandFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The sidecar's address. `SIDECAR_URL` is what examples and older settings call it.
public final class SidecarOption {

    @Option(
            names = "--sidecar-url",
            paramLabel = "URL",
            defaultValue = "${env:DUCKFLEET_SIDECAR_URL:-${env:SIDECAR_URL:-http://localhost:8001}}",
            description = "The sidecar's address. Default: DUCKFLEET_SIDECAR_URL, else http://localhost:8001")
    private String url = "";

    /// The address of `path` at the sidecar.
    public URI resolve(String path) {
        return resolve(url, path);
    }

    /// The address of `path` at the sidecar that is at `url`.
    public static URI resolve(String url, String path) {
        if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            throw CommandFailure.usage(
                    "\"%s\" is no address of a sidecar; http://host:port was expected".formatted(url));
        }
        return URI.create(url.replaceFirst("/+$", "") + path);
    }

    /// A request that only admins may make, with the key from `DUCKFLEET_ADMIN_KEY` where there is one.
    public static HttpRequest.Builder adminRequest(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        Optional.ofNullable(System.getenv("DUCKFLEET_ADMIN_KEY"))
                .filter(key -> !key.isBlank())
                .ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }
}
