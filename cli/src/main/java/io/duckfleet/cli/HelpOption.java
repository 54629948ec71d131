package io.duckfleet.cli;

import picocli.CommandLine.Option;

/// `--help`, for every command of ours.
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean asked;

    /// Whether help was asked for.
    boolean asked() {
        return asked;
    }
}
