package io.duckfleet.coordinator;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.FleetConfigReader;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `coordinator [--config config.json] ..`: checks the configuration, hands its arguments to Quarkus, and
/// serves until it is stopped. Exit code 0 after a stop, 1 for a bad configuration (with one line on stderr),
/// 2 for wrong usage.
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        version = "Duckfleet coordinator 0.1.0",
        description = "Answers SQL over the tables of all data nodes and of the lake.",
        footer = {
            "",
            "The lake is read when the configuration has a \"lake\" object or CATALOG_HOST is set; its variables are",
            "S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET, S3_REGION, CATALOG_HOST, CATALOG_PORT,",
            "CATALOG_DATABASE, CATALOG_USER, CATALOG_PASSWORD, CATALOG_SCHEMA. NODE_KEY is what the nodes ask for."
        })
final class CoordinatorCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65_535;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config.json",
            description = "which tables are on which nodes (default: ${DEFAULT-VALUE})")
    private Path config = Path.of("config.json");

    @Option(
            names = "--host",
            defaultValue = "0.0.0.0",
            description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "port to listen on, 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() {
        if (port < 0 || port > LARGEST_PORT) {
            throw new ParameterException(commandLine(), "--port must be between 0 and 65535, it is " + port);
        }
        try {
            FleetConfigReader.read(config);
        } catch (FleetException e) {
            System.err.println("coordinator: " + e.detail());
            return CommandLine.ExitCode.SOFTWARE;
        }
        System.setProperty("duckfleet.coordinator.config", config.toString());
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> exitCode.set(code));
        return exitCode.get();
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }
}
