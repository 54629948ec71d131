package io.duckfleet.sidecar;

import io.duckfleet.common.lake.LakeSettings;
import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sidecar [--host H] [--port P]`: checks its settings, hands its arguments to Quarkus, and serves until
/// it is stopped. Exit code 0 after a stop, 1 for settings that can't be (with one line on stderr), 2 for
/// wrong usage.
@Command(
        name = "sidecar",
        mixinStandardHelpOptions = true,
        version = "Duckfleet sidecar 0.1.0",
        description = "Takes JSON records over HTTP and commits them, partitioned by date, into the lake.",
        footer = {
            "",
            "Variables, with their defaults:",
            "  S3_ENDPOINT (http://rclone-s3:80), S3_BUCKET (lake-data), S3_REGION",
            "  (us-east-1), S3_ACCESS_KEY, S3_SECRET_KEY,",
            "  CATALOG_HOST (postgres), CATALOG_PORT (5432), CATALOG_DATABASE,",
            "  CATALOG_USER, CATALOG_PASSWORD, CATALOG_SCHEMA (ducklake each),",
            "  BUFFER_DIR (~/.duckfleet/buffer), of this sidecar's own,",
            "  ADMIN_KEY (none: everybody may delete and maintain),",
            "  DUCKDB_MEMORY_LIMIT, DUCKDB_THREADS,",
            "  DUCKFLEET_EXTENSIONS (~/.duckfleet/extensions)."
        })
final class SidecarCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65_535;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--host", description = "address to listen on (default: 0.0.0.0)")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", description = "port to listen on, 0 for a free one (default: 8001)")
    private Optional<Integer> port = Optional.empty();

    @Override
    public Integer call() {
        if (port.isPresent() && (port.get() < 0 || port.get() > LARGEST_PORT)) {
            throw new ParameterException(commandLine(), "--port must be between 0 and 65535, it is " + port.get());
        }
        try {
            LakeSettings.of(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("sidecar: S3_ENDPOINT must be an address and CATALOG_PORT a number: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        host.ifPresent(value -> System.setProperty("quarkus.http.host", value));
        port.ifPresent(value -> System.setProperty("quarkus.http.port", Integer.toString(value)));
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> {
            exitCode.set(code);
            Optional.ofNullable(failure).ifPresent(SidecarCommand::tell);
        });
        return exitCode.get();
    }

    private static void tell(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        System.err.println("sidecar: can't start: " + root.getMessage());
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }
}
