package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.Foreground;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `duckfleet data-node | coordinator | sidecar`: one service in the foreground. Everything behind its
/// name, `--help` too, is the service's own.
@Command
public final class ServiceCommand implements Callable<Integer> {

    private final String service;

    @Parameters(arity = "0..*", paramLabel = "ARGS", description = "The service's own arguments.")
    private List<String> arguments = List.of();

    private ServiceCommand(String service) {
        this.service = service;
    }

    /// Adds the command that runs `service`, described so, to `parent`.
    public static void addTo(CommandLine parent, String service, String description) {
        CommandLine command = new CommandLine(new ServiceCommand(service));
        command.getCommandSpec().usageMessage().description(description);
        command.setUnmatchedOptionsArePositionalParams(true);
        parent.addSubcommand(service, command);
    }

    @Override
    public Integer call() {
        return Foreground.run(service, arguments);
    }
}
