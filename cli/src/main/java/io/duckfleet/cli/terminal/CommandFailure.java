package io.duckfleet.cli.terminal;

/// A command can't do what it was asked for. The message is for the person who typed it: what was expected,
/// what was found, what to do. The exit code is 1, or 2 where the command was called wrongly.
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final int exitCode;

    public CommandFailure(String message) {
        super(message);
        this.exitCode = FAILURE;
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = FAILURE;
    }

    private CommandFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /// The command was called wrongly.
    public static CommandFailure usage(String message) {
        return new CommandFailure(message, USAGE);
    }

    public int exitCode() {
        return exitCode;
    }
}
