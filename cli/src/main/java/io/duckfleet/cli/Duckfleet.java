package io.duckfleet.cli;

import io.duckfleet.cli.doctor.DoctorCommand;
import io.duckfleet.cli.extensions.ExtensionsCommand;
import io.duckfleet.cli.fleet.DemoCommand;
import io.duckfleet.cli.fleet.ServiceCommand;
import io.duckfleet.cli.fleet.StartCommand;
import io.duckfleet.cli.fleet.StatusCommand;
import io.duckfleet.cli.fleet.StopCommand;
import io.duckfleet.cli.fleet.StorageCommand;
import io.duckfleet.cli.generate.GenerateCommand;
import io.duckfleet.cli.ingest.ArchiveCommand;
import io.duckfleet.cli.ingest.IngestCommand;
import io.duckfleet.cli.maintain.MaintainCommand;
import io.duckfleet.cli.query.ExplainCommand;
import io.duckfleet.cli.query.QueryCommand;
import io.duckfleet.cli.query.StatsCommand;
import io.duckfleet.cli.query.TablesCommand;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.common.errors.FleetException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `duckfleet`. Exit codes: 0 done, 1 failed, 2 called wrongly.
@Command(
        name = "duckfleet",
        description = "Files on S3 and JSON from applications as one SQL database that is a fleet of small DuckDBs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with: duckfleet demo", "Each command explains itself with --help."},
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            QueryCommand.class,
            ExplainCommand.class,
            TablesCommand.class,
            StatsCommand.class,
            IngestCommand.class,
            GenerateCommand.class,
            ArchiveCommand.class,
            MaintainCommand.class,
            ExtensionsCommand.class,
            DoctorCommand.class,
            TestCommand.class,
            StorageCommand.class
        })
public final class Duckfleet implements Runnable {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec specification = CommandSpec.create();

    public static void main(String[] arguments) {
        configureLogging();
        System.exit(commandLine().execute(arguments));
    }

    /// What libraries log goes to standard error, warnings only, a line a record.
    private static void configureLogging() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try (InputStream configuration = Duckfleet.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command line, ready to be executed.
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Duckfleet());
        line.getSubcommands().values().forEach(command -> command.addMixin("help", new HelpOption()));
        ServiceCommand.addTo(
                line, "data-node", "Runs one data node in the foreground: data-node s3://bucket/key --table-name NAME");
        ServiceCommand.addTo(
                line, "coordinator", "Runs one coordinator in the foreground: coordinator --config config.json");
        ServiceCommand.addTo(
                line, "sidecar", "Runs one sidecar in the foreground; S3_* and CATALOG_* variables configure it.");
        line.addMixin("help", new HelpOption());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setErr(new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Terminal.standard().columns().ifPresent(columns -> line.setUsageHelpWidth(Math.max(55, columns)));
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command));
        return line;
    }

    private static int tell(Exception failure, CommandLine command) throws Exception {
        String message = switch (failure) {
            case CommandFailure known -> String.valueOf(known.getMessage());
            case FleetException known -> known.detail();
            default -> throw failure;
        };
        command.getErr().println("duckfleet: " + message);
        return failure instanceof CommandFailure known ? known.exitCode() : FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(specification.commandLine(), "a command is missing");
    }
}
