package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Trino as a process of the fleet, with one catalog, `iceberg`: the sidecar's Iceberg tables, to be read.
/// Its files of configuration name no secret; those stand in the environment.
record TrinoService(LocalFleetSettings settings, LocalTrino trino) {

    /// The component's name.
    static final String NAME = "trino";

    private static final String CATALOG = """
            connector.name=iceberg
            iceberg.catalog.type=jdbc
            iceberg.jdbc-catalog.catalog-name=lake
            iceberg.jdbc-catalog.driver-class=org.postgresql.Driver
            iceberg.jdbc-catalog.connection-url=jdbc:postgresql://${ENV:CATALOG_HOST}:${ENV:CATALOG_PORT}/${ENV:CATALOG_DATABASE}?currentSchema=${ENV:CATALOG_SCHEMA}
            iceberg.jdbc-catalog.connection-user=${ENV:CATALOG_USER}
            iceberg.jdbc-catalog.connection-password=${ENV:CATALOG_PASSWORD}
            iceberg.jdbc-catalog.default-warehouse-dir=s3://${ENV:S3_BUCKET}/
            iceberg.jdbc-catalog.schema-version=V1
            iceberg.security=READ_ONLY
            fs.native-s3.enabled=true
            s3.endpoint=${ENV:S3_ENDPOINT}
            s3.region=${ENV:S3_REGION}
            s3.path-style-access=true
            s3.aws-access-key=${ENV:S3_ACCESS_KEY}
            s3.aws-secret-key=${ENV:S3_SECRET_KEY}
            """;

    /// Writes the files of configuration, and tells how to start the process, which gets `lake` in its
    /// environment.
    ServiceSpec prepare(Map<String, String> lake) {
        Path folder = settings.data().trino();
        int port = settings.ports().trino();
        try {
            Path catalogs = Files.createDirectories(folder.resolve("etc").resolve("catalog"));
            Files.writeString(catalogs.resolve("iceberg.properties"), CATALOG);
            Files.writeString(config(), """
                    coordinator=true
                    node-scheduler.include-coordinator=true
                    http-server.http.port=%1$d
                    discovery.uri=http://%2$s:%1$d
                    node.bind-ip=%2$s
                    node.internal-address=%2$s
                    catalog.config-dir=%3$s
                    plugin.dir=%4$s
                    """.formatted(
                            port, FleetServices.HOST, catalogs, trino.home().plugins()));
        } catch (IOException e) {
            throw new CommandFailure("Trino's configuration can't be written to %s: %s".formatted(folder, e), e);
        }
        return new ServiceSpec(
                NAME,
                program(),
                List.of(),
                lake,
                new ServiceSpec.Heap(trino.heapMegabytes()),
                FleetServices.address(port));
    }

    private Path config() {
        return settings.data().trino().resolve("etc").resolve("config.properties");
    }

    /// Trino's own flags, where they differ from those of the fleet's small services.
    private List<String> program() {
        return List.of(
                "-XX:ReservedCodeCacheSize=256m",
                "-Xss2m",
                "-XX:+ExitOnOutOfMemoryError",
                "--add-modules=jdk.incubator.vector",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dconfig=" + config(),
                "-Dnode.environment=duckfleet",
                "-Dnode.data-dir=" + settings.data().trino().resolve("data"),
                "-cp",
                trino.home().libraries() + "/*",
                "io.trino.server.TrinoServer");
    }
}
