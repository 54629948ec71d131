package io.duckfleet.cli.doctor;

import io.duckfleet.cli.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Programs that the project is built and run with.
final class Tools {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int JDK = 25;
    private static final Pattern MAVEN = Pattern.compile("Apache Maven ([0-9]+)\\.([0-9]+)\\.([0-9]+)");
    private static final Runtime.Version LEAST_MAVEN = Runtime.Version.parse("3.8.7");

    private Tools() {}

    static Finding jdk() {
        Path home = Path.of(System.getProperty("java.home"));
        String found = "%s in %s".formatted(Runtime.version(), home);
        if (Runtime.version().feature() < JDK) {
            return Finding.missing("JDK", "%s; %d or newer is needed: https://adoptium.net".formatted(found, JDK));
        }
        return Files.isExecutable(home.resolve("bin").resolve("javac"))
                ? Finding.ok("JDK", found)
                : Finding.warn(
                        "JDK",
                        "%s has no compiler; install a JDK %d to build: https://adoptium.net".formatted(found, JDK));
    }

    static Finding maven() {
        String advice = "install 3.8.7 or newer to build: apt-get install maven, brew install maven";
        Matcher version = MAVEN.matcher(output("mvn", "--version"));
        if (!version.find()) {
            return Finding.warn("Maven", "not on the PATH; " + advice);
        }
        String text = "%s.%s.%s".formatted(version.group(1), version.group(2), version.group(3));
        return Runtime.Version.parse(text).compareTo(LEAST_MAVEN) >= 0
                ? Finding.ok("Maven", text)
                : Finding.warn("Maven", "%s is too old; %s".formatted(text, advice));
    }

    /// pip is only the second way to the extensions.
    static Finding python() {
        String pip = output("python3", "-m", "pip", "--version");
        return pip.startsWith("pip ")
                ? Finding.ok("Python", pip)
                : Finding.warn(
                        "Python",
                        "no python3 with pip; needed only where DuckDB's extension repository is out of reach:"
                                + " apt-get install python3-pip, brew install python");
    }

    static Finding browser() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome", "firefox");
        Stream<Path> onPath = names.stream().map(Program::find).flatMap(Optional::stream);
        Stream<Path> onMac = Stream.of(
                        "/Applications/Google Chrome.app", "/Applications/Firefox.app", "/Applications/Safari.app")
                .map(Path::of)
                .filter(Files::exists);
        return Stream.concat(onPath, onMac)
                .findFirst()
                .map(found -> Finding.ok("browser", found.toString()))
                .orElseGet(() ->
                        Finding.warn("browser", "none found; the services' pages want one: apt-get install chromium"));
    }

    /// The first line that the program prints, empty if it can't be run or fails.
    private static String output(String... command) {
        if (Program.find(command[0]).isEmpty()) {
            return "";
        }
        try {
            Program.Outcome outcome = Program.of(command).run(PATIENCE);
            return outcome.succeeded() ? withoutColours(outcome.firstLine()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String withoutColours(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
