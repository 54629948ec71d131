package io.duckfleet.coordinator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/// Where the Trino is that callers may give queries to, if there is one.
@ConfigMapping(prefix = "duckfleet.coordinator.trino")
interface TrinoConfig {

    /// The address of a Trino (`TRINO_URL`), such as `http://trino:8080`, for queries with `"engine":
    /// "trino"`; without one they are refused with 503.
    Optional<URI> url();

    /// As whom Trino is asked (`TRINO_USER`).
    @WithDefault("duckfleet")
    String user();

    /// That user's password (`TRINO_PASSWORD`), which wants an address of `https`.
    Optional<String> password();

    /// Trino's catalog for names without one.
    @WithDefault("iceberg")
    String catalog();

    /// Trino's schema for names without one.
    @WithDefault("public")
    String schema();
}
