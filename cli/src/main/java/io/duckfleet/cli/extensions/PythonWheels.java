package io.duckfleet.cli.extensions;

import io.duckfleet.cli.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The wheels on PyPI, or on whatever index pip is configured for. pip checks each wheel's hash.
final class PythonWheels implements ExtensionSource {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "PyPI";
    }

    @Override
    public void fetch(PinnedWheel wheel, ExtensionFolder folder) throws SourceException {
        Path python = Stream.of("python3", "python")
                .map(Program::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new SourceException("there is no python3 on the PATH"));
        try {
            Path downloads =
                    Files.createDirectories(folder.root().resolve("wheels").resolve(wheel.extension()));
            download(python, wheel, downloads);
            unpack(onlyFileIn(downloads), folder.file(wheel.extension()));
        } catch (IOException e) {
            throw new SourceException(e.toString(), e);
        }
    }

    private static void download(Path python, PinnedWheel wheel, Path target) throws IOException, SourceException {
        Path requirements =
                Files.writeString(target.resolveSibling(wheel.extension() + ".txt"), wheel.requirement() + "\n");
        Program pip = new Program(List.of(
                python.toString(),
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                "--require-hashes",
                "--no-deps",
                "--only-binary=:all:",
                "--requirement",
                requirements.toString(),
                "--dest",
                target.toString()));
        Program.Outcome outcome = pip.run(DEADLINE);
        if (!outcome.succeeded()) {
            throw new SourceException("pip: %s".formatted(outcome.lastLine()));
        }
    }

    private static Path onlyFileIn(Path folder) throws IOException, SourceException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow(() -> new SourceException("pip left no wheel"));
        }
    }

    private static void unpack(Path wheel, Path target) throws IOException, SourceException {
        String suffix = "/" + target.getFileName();
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(candidate -> candidate.getName().endsWith(suffix))
                    .map(ZipEntry.class::cast)
                    .findFirst()
                    .orElseThrow(() ->
                            new SourceException("%s holds no %s".formatted(wheel.getFileName(), target.getFileName())));
            Files.createDirectories(target.getParent());
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, target);
            }
        }
    }
}
