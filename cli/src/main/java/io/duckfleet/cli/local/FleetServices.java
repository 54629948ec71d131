package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.CatalogDatabase;
import io.duckfleet.cli.local.storage.StorageCredentials;
import io.duckfleet.common.duckdb.Extensions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The fleet's services as processes to start: their arguments and environment are those of production.
public final class FleetServices {

    public static final String COORDINATOR = "coordinator";
    public static final String SIDECAR = "sidecar";

    /// The bucket of the lake's files.
    public static final String LAKE_BUCKET = "lake-data";

    static final String REGION = "us-east-1";
    static final String CATALOG_SCHEMA = "ducklake";
    static final String HOST = "127.0.0.1";

    private final LocalFleetSettings settings;
    private final StorageCredentials credentials;

    public FleetServices(LocalFleetSettings settings, StorageCredentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /// A data node. It reads the fleet's own S3, unless the fleet has tables of its own and this process has
    /// variables of AWS: then these say where S3 is.
    public ServiceSpec node(FleetNode node) {
        Map<String, String> environment = common("512MB");
        Map<String, String> ofCaller = settings.own().isPresent() ? awsVariables() : Map.of();
        environment.putAll(ofCaller.isEmpty() ? ownS3() : ofCaller);
        return new ServiceSpec(
                node.component(),
                ServiceSpec.jar(settings.installation().program("data-node")),
                arguments(node),
                environment,
                new ServiceSpec.Heap(192),
                address(node.port()));
    }

    private static List<String> arguments(FleetNode node) {
        List<String> arguments = new ArrayList<>();
        node.loaded().forEach(table -> arguments.addAll(List.of("--table", table)));
        arguments.addAll(List.of("--host", HOST, "--port", Integer.toString(node.port())));
        return List.copyOf(arguments);
    }

    private Map<String, String> ownS3() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", s3Endpoint(),
                "AWS_ACCESS_KEY_ID", credentials.s3AccessKey(),
                "AWS_SECRET_ACCESS_KEY", credentials.s3SecretKey(),
                "AWS_REGION", REGION);
    }

    private static Map<String, String> awsVariables() {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("AWS_"))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public ServiceSpec sidecar() {
        int port = settings.ports().sidecar();
        Map<String, String> environment = common("512MB");
        environment.putAll(lake());
        environment.put("GENERATOR_ENABLED", "true");
        environment.put("ICEBERG_ENABLED", "true");
        environment.put("BUFFER_DIR", settings.data().buffer().toString());
        return new ServiceSpec(
                SIDECAR,
                ServiceSpec.jar(settings.installation().program("sidecar")),
                List.of("--host", HOST, "--port", Integer.toString(port)),
                environment,
                new ServiceSpec.Heap(768),
                address(port));
    }

    public ServiceSpec coordinator() {
        int port = settings.ports().coordinator();
        Map<String, String> environment = common("1GB");
        environment.putAll(lake());
        environment.put("SIDECAR_URL", address(settings.ports().sidecar()).toString());
        settings.trino()
                .ifPresent(_ -> environment.put(
                        "TRINO_URL", address(settings.ports().trino()).toString()));
        return new ServiceSpec(
                COORDINATOR,
                ServiceSpec.jar(settings.installation().program("coordinator")),
                List.of(
                        "--config",
                        CoordinatorConfig.fileFor(settings).toString(),
                        "--host",
                        HOST,
                        "--port",
                        Integer.toString(port)),
                environment,
                new ServiceSpec.Heap(512),
                address(port));
    }

    /// Trino over the sidecar's Iceberg tables.
    public ServiceSpec trino(LocalTrino trino) {
        Map<String, String> environment = new HashMap<>(lake());
        environment.put("MALLOC_ARENA_MAX", "2");
        return new TrinoService(settings, trino).prepare(environment);
    }

    /// Where the S3 server listens.
    public String s3Endpoint() {
        return address(settings.ports().s3()).toString();
    }

    /// The address at `port` that people and services use.
    public static URI address(int port) {
        return URI.create("http://localhost:" + port);
    }

    private Map<String, String> lake() {
        return Map.ofEntries(
                Map.entry("S3_ENDPOINT", s3Endpoint()),
                Map.entry("S3_ACCESS_KEY", credentials.s3AccessKey()),
                Map.entry("S3_SECRET_KEY", credentials.s3SecretKey()),
                Map.entry("S3_BUCKET", LAKE_BUCKET),
                Map.entry("S3_REGION", REGION),
                Map.entry("CATALOG_HOST", HOST),
                Map.entry("CATALOG_PORT", Integer.toString(settings.ports().postgres())),
                Map.entry("CATALOG_DATABASE", CatalogDatabase.DATABASE),
                Map.entry("CATALOG_USER", CatalogDatabase.USER),
                Map.entry("CATALOG_PASSWORD", credentials.catalogPassword()),
                Map.entry("CATALOG_SCHEMA", CATALOG_SCHEMA));
    }

    /// `MALLOC_ARENA_MAX`: glibc's pools of memory for each thread would double what DuckDB's threads hold
    /// at rest.
    private static Map<String, String> common(String duckDbMemory) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DUCKFLEET_EXTENSIONS", Extensions.directory().toString());
        environment.put("DUCKDB_MEMORY_LIMIT", duckDbMemory);
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put(
                "QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL",
                "WARN"); // Every probe before readiness would be logged.
        return environment;
    }
}
