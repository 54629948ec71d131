package io.duckfleet.cli.extensions;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/// A folder of extensions in DuckDB's layout, `v1.5.5/linux_amd64/ducklake.duckdb_extension`.
public record ExtensionFolder(Path root, String version, String platform) {

    /// The folder `root` for this machine's DuckDB.
    public static ExtensionFolder of(Path root) {
        String version = "v" + PinnedWheel.all().getFirst().version();
        return new ExtensionFolder(
                root, version, platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
    }

    /// DuckDB's name for a machine that Java describes so.
    public static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).contains("mac") ? "osx" : "linux";
        String arch = osArch.equals("aarch64") || osArch.equals("arm64") ? "arm64" : "amd64";
        return os + "_" + arch;
    }

    /// Where the file of `extension` stands or would stand.
    public Path file(String extension) {
        return root.resolve(version).resolve(platform).resolve(extension + ".duckdb_extension");
    }

    public boolean has(String extension) {
        return Files.isRegularFile(file(extension));
    }

    /// Loads the extension into a fresh DuckDB, which refuses a file that isn't for it or isn't signed.
    ///
    /// @throws SQLException if DuckDB refuses it
    public void check(String extension) throws SQLException {
        try (Connection connection = open();
                PreparedStatement load = connection.prepareStatement("LOAD " + extension)) {
            load.execute();
        }
    }

    /// A fresh DuckDB in memory that finds its extensions here and nowhere else.
    Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("extension_directory", root.toAbsolutePath().toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /// Takes the file of `extension` over from another folder, in one step: whoever looks sees no file or
    /// the whole one.
    void adopt(String extension, ExtensionFolder other) {
        Path target = file(extension);
        Path part = target.resolveSibling(
                target.getFileName() + ".part" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(target.getParent());
            Files.copy(other.file(extension), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure(
                    "DuckDB's extension %s can't be written to %s: %s".formatted(extension, target, e), e);
        }
    }

    /// A folder of its own below the temporary directory, for the same DuckDB.
    ExtensionFolder staging() {
        try {
            return new ExtensionFolder(Files.createTempDirectory("duckfleet-extensions"), version, platform);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
