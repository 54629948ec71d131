package io.duckfleet.it;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.lake.LakeSettings;
import java.nio.file.Path;

/// Reads a lake's Iceberg tables as any other program does: by their folder.
final class IcebergReader implements AutoCloseable {

    private final LakeSettings lake;
    private final DuckDb duckDb = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))));

    IcebergReader(LakeSettings lake) {
        this.lake = lake;
        try (Session session = duckDb.open()) {
            LakeAttachment.readOnly(session, lake);
            Extensions.AVRO.load(session);
            Extensions.ICEBERG.load(session);
        }
    }

    /// How many rows the Iceberg table has; 0 while it isn't there.
    long rows(String table) {
        try {
            return duckDb.withSession(session -> session.queryLong(
                    "SELECT count(*) FROM iceberg_scan('%sdata/%s')".formatted(lake.dataPath(), table)));
        } catch (FleetException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        duckDb.close();
    }
}
