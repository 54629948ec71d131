package io.duckfleet.cli.local;

import io.duckfleet.cli.process.Program;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running process of the fleet.
record ServiceProcess(String name, ProcessHandle handle, LogFile log) {

    /// Variables of the caller's shell that mean something to the services; the fleet's own values, or
    /// none, take their place. Proxies go, too: all addresses are local.
    private static final List<String> NOT_INHERITED =
            List.of("AWS_", "S3_", "CATALOG_", "TRINO_", "QUARKUS_", "DUCKDB_", "JAVA_TOOL_OPTIONS");

    private static final Set<String> PROXIES =
            Set.of("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");

    /// Starts the process; its output goes to the end of `log`. It is in a session of its own, so that
    /// Ctrl-C at the terminal reaches only the one who started it.
    static ServiceProcess start(ServiceSpec spec, Path log) {
        LogFile file = new LogFile(log);
        file.prepare();
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(spec.command()));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(Redirect.appendTo(log.toFile()));
        setEnvironment(builder.environment(), spec.environment());
        try {
            return new ServiceProcess(spec.name(), builder.start().toHandle(), file);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be started: %s".formatted(spec.name(), e.getMessage()), e);
        }
    }

    private static void setEnvironment(Map<String, String> environment, Map<String, String> own) {
        environment
                .keySet()
                .removeIf(
                        name -> PROXIES.contains(name) || NOT_INHERITED.stream().anyMatch(name::startsWith));
        environment.putAll(own);
    }

    /// `setsid` replaces itself by the program, so the process keeps its id; where there is none, the
    /// program runs in the caller's session.
    private static List<String> inOwnSession(List<String> command) {
        List<String> whole = new ArrayList<>();
        Program.find("setsid").ifPresent(program -> whole.add(program.toString()));
        whole.addAll(command);
        return whole;
    }

    /// Ends a process: asks it first, and kills it after `patience`.
    static void stop(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!ended(process, patience)) {
            process.destroyForcibly();
            ended(process, patience);
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
