package io.duckfleet.cli.extensions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Python wheel that holds an extension: `distribution` is its name on PyPI, `hashes` the SHA-256 of its
/// files, one for each platform.
public record PinnedWheel(String distribution, String version, List<String> hashes) {

    private static final String PREFIX = "duckdb-extension-";
    private static final Pattern HEAD = Pattern.compile("(" + PREFIX + "[a-z0-9-]+)==([0-9][0-9.]*)");
    private static final Pattern HASH = Pattern.compile("--hash=sha256:([0-9a-f]{64})");

    /// @throws IllegalArgumentException if there is no hash
    public PinnedWheel {
        hashes = List.copyOf(hashes);
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("%s==%s has no hash".formatted(distribution, version));
        }
    }

    /// The wheels that the project pins.
    public static List<PinnedWheel> all() {
        try (InputStream file = PinnedWheel.class.getResourceAsStream("extensions.txt")) {
            return parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a pip requirements file that has only pinned entries with hashes.
    ///
    /// @throws IllegalArgumentException if it has anything else
    public static List<PinnedWheel> parse(String requirements) {
        String logicalLines = requirements.replaceAll("(?m)^#.*$", "").replaceAll("\\\\\\R", " ");
        return logicalLines
                .lines()
                .filter(line -> !line.isBlank())
                .map(PinnedWheel::parseLine)
                .toList();
    }

    private static PinnedWheel parseLine(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        Matcher head = HEAD.matcher(words.getFirst());
        List<Matcher> hashes = words.stream().skip(1).map(HASH::matcher).toList();
        if (!head.matches() || !hashes.stream().allMatch(Matcher::matches)) {
            throw new IllegalArgumentException("\"%s\" is no pinned extension with SHA-256 hashes".formatted(line));
        }
        return new PinnedWheel(
                head.group(1),
                head.group(2),
                hashes.stream().map(hash -> hash.group(1)).toList());
    }

    /// The extension's name in DuckDB, such as `postgres_scanner`.
    public String extension() {
        return distribution.substring(PREFIX.length()).replace('-', '_');
    }

    /// The entry as pip reads it.
    public String requirement() {
        Stream<String> words = Stream.concat(
                Stream.of(distribution + "==" + version), hashes.stream().map(hash -> "--hash=sha256:" + hash));
        return String.join(" ", words.toList());
    }
}
