package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One service in the foreground, with this process's environment, input and output; it ends with this
/// process.
public final class Foreground {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Foreground() {}

    /// Runs the service to its end and gives its exit code.
    public static int run(String module, List<String> arguments) {
        List<String> command =
                new ArrayList<>(ServiceSpec.foreground(Installation.current().program(module)));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().unstarted(() -> ServiceProcess.stop(process.toHandle(), PATIENCE)));
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be started: %s".formatted(module, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while %s ran".formatted(module), e);
        }
    }
}
