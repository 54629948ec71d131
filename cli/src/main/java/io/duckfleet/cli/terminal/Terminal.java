package io.duckfleet.cli.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where output goes. `columns` is the width in characters where a person looks on, and absent where the
/// output is a pipe or a file.
///
/// The launcher tells the width by the system property `duckfleet.columns`, because Java sees a terminal
/// only when input and output are one.
public record Terminal(PrintStream out, Optional<Integer> columns) {

    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    /// The process's standard output, in UTF-8.
    public static Terminal standard() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Terminal(out, width());
    }

    /// Whether a person looks on.
    public boolean interactive() {
        return columns.isPresent();
    }

    private static Optional<Integer> width() {
        Optional<Integer> told = number(System.getProperty("duckfleet.columns", ""));
        boolean atTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        if (told.isPresent() || !atTerminal) {
            return told;
        }
        return number(Optional.ofNullable(System.getenv("COLUMNS")).orElse("")).or(() -> Optional.of(USUAL_WIDTH));
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,6}")
                ? Optional.of(Math.max(LEAST_WIDTH, Integer.parseInt(text)))
                : Optional.empty();
    }
}
