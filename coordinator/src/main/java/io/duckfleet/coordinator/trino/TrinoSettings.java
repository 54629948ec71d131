package io.duckfleet.coordinator.trino;

import java.net.URI;
import java.util.Optional;
import java.util.Properties;

/// Where Trino is, as whom it is asked, and which catalog and schema names without qualifiers belong to.
/// Printing it never shows the password.
public record TrinoSettings(URI url, String user, Optional<String> password, String catalog, String schema) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /// @throws IllegalArgumentException if the address isn't one of `http` or `https` with a host and nothing
    /// else, or there is a password and no `https`
    public TrinoSettings {
        if (url.getHost() == null || !isHttp(url) || url.getUserInfo() != null || !isRoot(url)) {
            throw new IllegalArgumentException(
                    "TRINO_URL: an address such as http://trino:8080 was expected, without user and path");
        }
        if (password.isPresent() && !url.getScheme().equals("https")) {
            throw new IllegalArgumentException(
                    "TRINO_PASSWORD is only sent by https, and TRINO_URL is %s".formatted(url));
        }
    }

    private static boolean isHttp(URI url) {
        return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }

    private static boolean isRoot(URI url) {
        return (url.getPath().isEmpty() || url.getPath().equals("/")) && url.getQuery() == null;
    }

    String jdbcUrl() {
        int port = url.getPort() < 0 ? (usesTls() ? HTTPS : HTTP) : url.getPort();
        return "jdbc:trino://%s:%d/%s/%s".formatted(url.getHost(), port, catalog, schema);
    }

    /// Those of a connection. Times are told in UTC, as the rest of the fleet does.
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("source", "duckfleet");
        properties.setProperty("timezone", "UTC");
        if (usesTls()) {
            properties.setProperty("SSL", "true");
        }
        password.ifPresent(secret -> properties.setProperty("password", secret));
        return properties;
    }

    private boolean usesTls() {
        return url.getScheme().equals("https");
    }

    @Override
    public String toString() {
        return "TrinoSettings[%s, %s.%s, user=%s]".formatted(url, catalog, schema, user);
    }
}
