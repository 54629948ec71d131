package io.duckfleet.it.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the browser is: `DUCKFLEET_CHROMIUM`, else the usual places.
final class ChromiumPath {

    private static final String REQUIRED = "required";

    private ChromiumPath() {}

    /// @throws AssertionError if there is none, and `DUCKFLEET_BROWSER=required` asks for one
    static Optional<String> find() {
        Optional<String> found = Stream.of(
                        Optional.ofNullable(System.getenv("DUCKFLEET_CHROMIUM")).orElse(""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                        "/Applications/Chromium.app/Contents/MacOS/Chromium")
                .filter(path -> !path.isEmpty() && Files.isExecutable(Path.of(path)))
                .findFirst();
        if (found.isEmpty() && REQUIRED.equals(System.getenv("DUCKFLEET_BROWSER"))) {
            throw new AssertionError("no Chromium was found, and DUCKFLEET_BROWSER=required");
        }
        return found;
    }
}
