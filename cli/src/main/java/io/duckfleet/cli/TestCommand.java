package io.duckfleet.cli;

import io.duckfleet.cli.terminal.CommandFailure;
import picocli.CommandLine.Command;

/// `duckfleet test`. It builds the program that would run it, so the launcher in the project's folder does
/// the work.
@Command(
        name = "test",
        description = {
            "Builds the project with all of its checks and runs all of its tests.",
            "Only ./duckfleet in the project's folder can do it; it fetches the extensions that tests need first."
        })
final class TestCommand implements Runnable {

    @Override
    public void run() {
        throw new CommandFailure("the tests are run by ./duckfleet test in the project's folder");
    }
}
