package io.duckfleet.datanode;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.load.ObjectPattern;
import io.duckfleet.datanode.load.ReadOptions;
import io.duckfleet.datanode.load.Shard;
import io.duckfleet.datanode.load.WatchInterval;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `data-node s3://bucket/key ..`: hands its arguments to Quarkus as configuration and serves until it is
/// stopped. Exit code 0 after a stop, 1 when the object can't be served (with one line on stderr), 2 for
/// wrong usage.
@Command(
        name = "data-node",
        mixinStandardHelpOptions = true,
        version = "Duckfleet data node 0.1.0",
        description = "Loads files from S3 into one table in memory and serves it over HTTP.",
        footer = {
            "",
            "Credentials and endpoint come from the AWS SDK's standard chain: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,",
            "profiles, roles; AWS_ENDPOINT_URL_S3 for other S3 servers. NODE_KEY makes the node answer its coordinator only."
        })
final class DataNodeCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65_535;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "S3_URL",
            description = "what to load: s3://bucket/data.csv.gz, all under s3://bucket/2025/, or a glob such as"
                    + " 's3://bucket/2025/*.csv.gz'; CSV, JSON or Parquet, also compressed (gzip, Zstandard)")
    private String url = "";

    @Option(
            names = "--table-name",
            paramLabel = "NAME",
            defaultValue = "s3_data",
            description = "the table's name in SQL (default: ${DEFAULT-VALUE})")
    private String tableName = "";

    @Option(
            names = "--region",
            defaultValue = "us-east-1",
            description = "the bucket's region (default: ${DEFAULT-VALUE})")
    private String region = "";

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

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "how the file is read, as in DuckDB's read_csv: delim, quote, header, types=a:INTEGER,b:DATE,"
                    + " nullstr=NA,NULL, dateformat ..; may be repeated")
    private List<String> options = List.of();

    @Option(
            names = "--filename",
            description = "add a column filename with the address of the object that each row is from")
    private boolean filename;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "load part I of N: whole objects, or by the values of --shard-by")
    private Optional<String> shard = Optional.empty();

    @Option(
            names = "--shard-by",
            paramLabel = "COLUMN",
            description = "the column whose values decide which shard a row is in")
    private Optional<String> shardBy = Optional.empty();

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            description = "look at S3 every so often, such as 60s, and load again when the file has changed")
    private Optional<String> watch = Optional.empty();

    @Override
    public Integer call() {
        if (port < 0 || port > LARGEST_PORT) {
            throw new ParameterException(commandLine(), "--port must be between 0 and 65535, it is " + port);
        }
        try {
            System.setProperty("duckfleet.node.s3-url", ObjectPattern.parse(url).toString());
            System.setProperty("duckfleet.node.table-name", new TableName(tableName).text());
        } catch (FleetException e) {
            StandardError.tell(e.detail());
            return CommandLine.ExitCode.SOFTWARE;
        }
        System.setProperty("duckfleet.node.region", region);
        watch.ifPresent(this::watchEvery);
        readAs();
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        return serve();
    }

    /// Checks what is said about reading, and hands it on.
    private void readAs() {
        if (shardBy.isPresent() && shard.isEmpty()) {
            throw new ParameterException(commandLine(), "--shard-by needs --shard I/N");
        }
        try {
            ReadOptions.parse(options);
            shard.ifPresent(text -> Shard.parse(text, shardBy));
        } catch (FleetException e) {
            throw new ParameterException(commandLine(), e.detail(), e);
        }
        if (!options.isEmpty()) {
            System.setProperty("duckfleet.node.options", escaped(String.join("\n", options)));
        }
        System.setProperty("duckfleet.node.filename", Boolean.toString(filename));
        shard.ifPresent(text -> System.setProperty("duckfleet.node.shard", text));
        shardBy.ifPresent(text -> System.setProperty("duckfleet.node.shard-by", escaped(text)));
    }

    /// A value in the configuration's syntax, where `${` begins an expression.
    private static String escaped(String value) {
        return value.replace("${", "\\${");
    }

    private void watchEvery(String time) {
        try {
            Duration interval = new WatchInterval(Optional.of(DurationConverter.parseDuration(time)))
                    .value()
                    .orElseThrow();
            System.setProperty("duckfleet.node.watch", interval.toString());
        } catch (FleetException e) {
            throw new ParameterException(commandLine(), e.detail(), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), "--watch must be a time such as 60s, it is " + time, e);
        }
    }

    private int serve() {
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, failure) -> {
            exitCode.set(code);
            if (failure != null) {
                StandardError.tell("the server can't start at port %d: %s"
                        .formatted(port, rootOf(failure).getMessage()));
            }
        });
        return exitCode.get();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }
}
