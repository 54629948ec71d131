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
            lake.ifPresent(attached -> {
                attach(database, attached);
                directories.add(attached.dataPath());
            });
            database.lock(directories);
            return new LocalInstance(database, lake.isPresent());
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Files of the lake are never written again under the same name, and those in the scratch folder
    /// neither, so what is cached of one needn't be compared with it before each query.
    private static void attach(DuckDb database, LakeSettings lake) {
        try (Session session = database.open()) {
            LakeAttachment.readOnly(session, lake);
            session.execute("SET GLOBAL validate_external_file_cache = 'NO_VALIDATION'");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
