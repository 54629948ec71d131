package io.duckfleet.coordinator.forward;

import java.net.URI;
import java.util.Optional;

/// Where the sidecar is, `http` or `https`, a host, and a port unless it is the scheme's own.
public record SidecarAddress(URI url) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public SidecarAddress {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("");
        String path = Optional.ofNullable(url.getPath()).orElse("");
        boolean isAddress = (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && (path.isEmpty() || path.equals("/"));
        if (!isAddress) {
            throw new IllegalArgumentException(
                    "SIDECAR_URL: an address such as http://sidecar:8001 was expected, it is \"%s\"".formatted(url));
        }
    }

    public String host() {
        return url.getHost();
    }

    public boolean isSecure() {
        return "https".equals(url.getScheme());
    }

    public int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
