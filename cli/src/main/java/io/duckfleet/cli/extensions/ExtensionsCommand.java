package io.duckfleet.cli.extensions;

import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `duckfleet extensions`.
@Command(
        name = "extensions",
        description = {
            "Fetches the DuckDB extensions that a fleet needs (ducklake, httpfs, postgres_scanner).",
            "They go to DUCKFLEET_EXTENSIONS, else ~/.duckfleet/extensions; from DuckDB's own repository,"
                    + " else as Python wheels by pip, pinned by version and hash. What is there already stays."
        })
public final class ExtensionsCommand implements Runnable {

    @Option(names = "--all", description = "Also those that the project's tests need (iceberg, tpch, tpcds, quack).")
    private boolean all;

    @Override
    public void run() {
        Progress progress = Progress.to(Terminal.standard().out());
        ExtensionInstaller installer = ExtensionInstaller.standard(progress);
        List<PinnedWheel> wanted = PinnedWheel.all().stream()
                .filter(wheel -> all || ExtensionInstaller.NEEDED.contains(wheel.extension()))
                .toList();
        installer.install(wanted);
        List<String> names = wanted.stream().map(PinnedWheel::extension).toList();
        progress.say("%s are in %s"
                .formatted(String.join(", ", names), installer.folder().root()));
    }
}
