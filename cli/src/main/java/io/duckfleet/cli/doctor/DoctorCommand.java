package io.duckfleet.cli.doctor;

import io.duckfleet.cli.terminal.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// `duckfleet doctor`.
@Command(
        name = "doctor",
        description =
                "Tells what this machine has and what is missing, and how to get it. Exit code 1 when something that is needed is missing.")
public final class DoctorCommand implements Callable<Integer> {

    private static final List<Supplier<Finding>> CHECKS = List.of(
            Tools::jdk,
            Tools::maven,
            Tools::python,
            Machine::extensions,
            Machine::ports,
            Machine::memory,
            Machine::disk,
            Tools::browser);

    @Override
    public Integer call() {
        PrintStream out = Terminal.standard().out();
        List<Finding> findings = CHECKS.stream().map(Supplier::get).toList();
        findings.forEach(out::println);
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.MISSING) ? 1 : 0;
    }
}
