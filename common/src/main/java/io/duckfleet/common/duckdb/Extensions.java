package io.duckfleet.common.duckdb;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// DuckDB's extensions: they are loaded from one folder, and never downloaded while a service runs. The
/// folder is `DUCKFLEET_EXTENSIONS`, else `~/.duckfleet/extensions`; in it stands DuckDB's own layout,
/// `v1.5.5/linux_amd64/ducklake.duckdb_extension`. DuckDB checks each file's signature.
public enum Extensions {
    AVRO("avro"),
    DUCKLAKE("ducklake"),
    HTTPFS("httpfs"),
    ICEBERG("iceberg"),
    POSTGRES("postgres_scanner"),
    TPCDS("tpcds"),
    TPCH("tpch"),
    QUACK("quack");

    private static final String VARIABLE = "DUCKFLEET_EXTENSIONS";

    private final String fileName;

    Extensions(String fileName) {
        this.fileName = fileName;
    }

    /// The folder that extensions are loaded from.
    public static Path directory() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".duckfleet", "extensions"));
    }

    /// The extension's name in DuckDB's file layout and in `LOAD`.
    public String fileName() {
        return fileName;
    }

    /// Loads the extension into the session's instance.
    ///
    /// @throws FleetException `not_ready` when its file is missing, naming the command that fetches it
    public void load(Session session) {
        Path file = fileFor(session);
        if (!Files.isRegularFile(file)) {
            throw new FleetException(
                    ErrorCode.NOT_READY,
                    "DuckDB's extension %s is missing at %s; run: duckfleet extensions".formatted(fileName, file));
        }
        session.execute("LOAD " + fileName);
    }

    private Path fileFor(Session session) {
        String version = session.queryText("SELECT version()");
        String platform = session.queryText("PRAGMA platform");
        return directory().resolve(version).resolve(platform).resolve(fileName + ".duckdb_extension");
    }
}
