package io.duckfleet.cli.fleet;

import io.duckfleet.cli.process.Program;
import io.duckfleet.cli.terminal.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The browser of the person at the terminal.
final class Browser {

    private Browser() {}

    /// Opens a page; says so where there is nothing to open it with.
    static void open(URI page, Progress progress) {
        Optional<Path> opener = Stream.of("xdg-open", "open", "wslview")
                .map(Program::find)
                .flatMap(Optional::stream)
                .findFirst();
        if (opener.isEmpty()) {
            progress.say("No browser was found (neither xdg-open nor open); the page is %s".formatted(page));
            return;
        }
        try {
            new ProcessBuilder(opener.get().toString(), page.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            progress.say("The browser can't be opened (%s); the page is %s".formatted(e.getMessage(), page));
        }
    }
}
