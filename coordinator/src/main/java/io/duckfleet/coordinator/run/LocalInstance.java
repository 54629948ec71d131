package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.lake.LakeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A locked DuckDB for local queries, with the lake attached read-only or without one.
record LocalInstance(DuckDb database, boolean lakeAttached) implements AutoCloseable {

    /// Opens and locks an instance, which may read and write files in `scratch` and spill to the folder of
    /// its settings.
    ///
    /// @throws io.duckfleet.common.errors.FleetException if the lake can't be attached
    static LocalInstance open(DuckDbSettings settings, Path scratch, Optional<LakeSettings> lake) {
        DuckDb database = DuckDb.inMemory(settings);
        try {
            List<String> directories = new ArrayList<>(List.of(scratch + "/", settings.tempDirectory() + "/"));
            lake.ifPresent(attached -> directories.add(attached.dataPath()));
            prepare(database, lake);
            database.lock(directories);
            return new LocalInstance(database, lake.isPresent());
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// DuckDB caches what it reads of files. That is for those of the lake, which are never written again
    /// under the same name, so that they needn't be compared with what is cached before each query. What is
    /// cached of fragments nobody asks for again.
    private static void prepare(DuckDb database, Optional<LakeSettings> lake) {
        try (Session session = database.open()) {
            if (lake.isPresent()) {
                LakeAttachment.readOnly(session, lake.get());
                session.execute("SET GLOBAL validate_external_file_cache = 'NO_VALIDATION'");
            } else {
                session.execute("SET GLOBAL enable_external_file_cache = false");
            }
        }
    }

    /// How many bytes of memory what is cached of files in `scratch` takes: whole blocks of 4 KiB. They are
    /// given up before anything is spilled, but not sooner.
    long cachedOf(Path scratch) {
        try (Session session = database.open()) {
            return session.queryLong("""
                    SELECT coalesce(sum((nr_bytes // 4096 + 1) * 4096), 0)::BIGINT
                    FROM duckdb_external_file_cache()
                    WHERE loaded AND starts_with(path, ?)""", scratch + "/");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
