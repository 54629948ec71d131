package io.duckfleet.cli.local;

import io.duckfleet.cli.terminal.CommandFailure;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder of a built project, or of an unpacked archive: where the services' programs and the samples
/// stand.
public record Installation(Path home) {

    private static final List<String> SERVICES = List.of("data-node", "coordinator", "sidecar");

    /// The one that this code belongs to: the system property `duckfleet.home`, else found from where this
    /// class was loaded.
    ///
    /// @throws CommandFailure if there is none
    public static Installation current() {
        Path start = Optional.ofNullable(System.getProperty("duckfleet.home"))
                .map(Path::of)
                .orElseGet(Installation::ownPlace);
        return Stream.iterate(
                        Optional.of(start.toAbsolutePath()), Optional::isPresent, folder -> folder.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(folder -> Files.isRegularFile(folder.resolve("samples").resolve("taxis.csv.gz")))
                .findFirst()
                .map(Installation::new)
                .orElseThrow(() -> new CommandFailure(
                        "%s is not in a folder of Duckfleet; run ./duckfleet there".formatted(start)));
    }

    private static Path ownPlace() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new CommandFailure("the place of the program can't be told: " + e, e);
        }
    }

    /// The program of a service, such as `coordinator`.
    public Path program(String module) {
        Path services = home.resolve("services");
        Path folder = Files.isDirectory(services)
                ? services.resolve(module)
                : home.resolve(module).resolve("target").resolve("quarkus-app");
        return folder.resolve("quarkus-run.jar");
    }

    /// Refuses an installation whose services have not been built.
    ///
    /// @throws CommandFailure naming the first one that is missing
    public void requireBuilt() {
        for (String module : SERVICES) {
            if (!Files.isRegularFile(program(module))) {
                throw new CommandFailure(
                        "the %s has not been built: there is no %s".formatted(module, program(module)));
            }
        }
    }

    public Path samples() {
        return home.resolve("samples");
    }

    /// The coordinator's configuration for the fleet at its standard ports.
    public Path standardConfig() {
        return home.resolve("config.json");
    }
}
