package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.cli.Duckfleet;
import io.duckfleet.cli.local.PortLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `duckfleet demo` as the process that a terminal starts and a SIGTERM ends, at any moment.
class DemoIT {

    @TempDir
    private Path folder;

    /// A service that is started while the others are being stopped would stay for ever.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void leavesNothingBehindWhenItIsEndedWhileItStarts(int services) throws IOException {
        PortLayout ports = PortLayout.free();
        Process demo = demo(ports);
        Await.until("services are started", () -> services(ports).size() >= services);

        demo.destroy();
        demo.onExit().join();

        assertThat(services(ports)).isEmpty();
        assertThat(folder.resolve("tmp")).isDirectoryNotContaining("glob:**/duckfleet-demo-*");
    }

    private Process demo(PortLayout ports) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dduckfleet.home=" + System.getProperty("duckfleet.root"),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Duckfleet.class.getName(),
                        "demo",
                        "--port-base",
                        Integer.toString(ports.coordinator()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    /// The service processes that listen, or will, on one of `ports`.
    private static List<String> services(PortLayout ports) {
        Set<String> endings = Set.copyOf(ports.byComponent().values().stream()
                .map(port -> "--port " + port)
                .toList());
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> endings.stream().anyMatch(line::contains))
                .toList();
    }
}
