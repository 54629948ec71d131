package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.s3.S3Location;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads objects, each into a DuckDB of its own that is locked afterwards.
public final class TableLoader {

    private final S3Client client;
    private final DuckDbSettings settings;
    private final ScratchDirectory scratch;
    private final Clock clock;

    public TableLoader(S3Client client, DuckDbSettings settings, ScratchDirectory scratch, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.scratch = scratch;
        this.clock = clock;
    }

    /// The object as a table. It takes as long as that takes.
    ///
    /// @throws LoadException if it can't be
    public LoadedTable load(LoadRequest request, LoadProgress progress) {
        Instant start = clock.instant();
        DuckDb database = DuckDb.inMemory(settings);
        try {
            ObjectVersion version = fill(database, request, progress);
            database.lock(List.of(scratch.path() + "/"));
            Instant end = clock.instant();
            return LoadedTable.of(
                    database,
                    request.tableName(),
                    new TableSource(request.location(), version.etag(), end, Duration.between(start, end)));
        } catch (RuntimeException e) {
            database.close();
            throw explain(request.location(), e);
        }
    }

    private ObjectVersion fill(DuckDb database, LoadRequest request, LoadProgress progress) {
        Path file = scratch.newFile("object");
        try (RangedDownload download = RangedDownload.start(client, request.location(), progress)) {
            WholeFile.save(download, file);
            return database.withSession(session -> {
                try {
                    WholeFile.read(session, request.tableName(), file, 20_480);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return download.version();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoadException explain(S3Location location, RuntimeException error) {
        return switch (error) {
            case LoadException explained -> explained;
            case FleetException duckDb ->
                new LoadException(
                        "%s can't be read as CSV: %s"
                                .formatted(location, duckDb.detail().lines().findFirst().orElse("")),
                        duckDb);
            default -> new LoadException("%s can't be loaded: %s".formatted(location, error.getMessage()), error);
        };
    }
}
