package io.duckfleet.datanode;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.load.LoadRequests;
import io.duckfleet.datanode.load.ObjectPattern;
import io.duckfleet.datanode.load.ReadOptions;
import io.duckfleet.datanode.load.Shard;
import io.duckfleet.datanode.load.TableOption;
import io.duckfleet.datanode.load.WatchInterval;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
        description = "Loads files from S3 into tables in memory, one as a rule, and serves them over HTTP.",
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
            arity = "0..1",
            paramLabel = "S3_URL",
            description = "what to load: s3://bucket/data.csv.gz, all under s3://bucket/2025/, or a glob such as"
                    + " 's3://bucket/2025/*.csv.gz'; CSV, JSON or Parquet, also compressed (gzip, Zstandard)")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--table-name",
            paramLabel = "NAME",
            defaultValue = "s3_data",
            description = "the table's name in SQL (default: ${DEFAULT-VALUE})")
    private String tableName = "";

    @Option(
            names = "--table",
            paramLabel = "NAME=S3_URL",
            description = "a table and what to load into it, beside S3_URL or in its place; may be repeated."
                    + " Queries join them, and all are loaded again together")
    private List<String> tables = List.of();

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
        if (url.isEmpty() && tables.isEmpty()) {
            throw new ParameterException(
                    commandLine(), "Missing required parameter: 'S3_URL', or a --table NAME=S3_URL");
        }
        try {
            load(tables());
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

    /// What S3_URL says comes first.
    private List<TableOption> tables() {
        List<TableOption> all = new ArrayList<>();
        url.ifPresent(first -> all.add(new TableOption(new TableName(tableName), ObjectPattern.parse(first))));
        tables.stream().map(TableOption::parse).forEach(all::add);
        return all;
    }

    private void load(List<TableOption> all) {
        LoadRequests.requireDistinct(all.stream().map(TableOption::name).toList());
        if (shard.isPresent() && all.size() > 1) {
            throw new ParameterException(commandLine(), "--shard needs a node with one table");
        }
        System.setProperty(
                "duckfleet.node.s3-url", escaped(all.getFirst().source().toString()));
        System.setProperty("duckfleet.node.table-name", all.getFirst().name().text());
        if (all.size() > 1) {
            System.setProperty(
                    "duckfleet.node.more-tables",
                    escaped(all.stream().skip(1).map(TableOption::toString).collect(Collectors.joining("\n"))));
        }
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
