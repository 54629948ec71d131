package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.BackgroundFleet;
import io.duckfleet.cli.local.StorageProcess;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `duckfleet storage`, what `duckfleet start` runs in the background to serve S3 and Postgres.
@Command(
        name = StorageProcess.NAME,
        hidden = true,
        description = "Serves S3 and Postgres for the fleet in a data directory.")
public final class StorageCommand implements Runnable {

    @Mixin
    private final DataDirOption data = new DataDirOption();

    @Override
    public void run() {
        StorageProcess.serve(BackgroundFleet.in(data.directory(), Optional.empty(), Optional.empty(), Optional.empty())
                .settings());
    }
}
