package io.duckfleet.cli.local;

import io.duckfleet.cli.local.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The tables of the sample fleet, one data node each.
public enum SampleTable {
    AIRPORTS(0),
    AIRLINES(1),
    ROUTES(2);

    private final int position;

    SampleTable(int position) {
        this.position = position;
    }

    /// The place of the table's data node in the row of data nodes, from 0.
    public int position() {
        return position;
    }

    /// The table's name in SQL.
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of the table's data node among the fleet's components.
    public String component() {
        return "node-" + table();
    }

    /// The key of the table's file in the bucket of samples.
    public String key() {
        return "openflights/" + fileName();
    }

    /// Where the table's file is on the fleet's S3.
    public String location() {
        return "s3://%s/%s".formatted(Storage.SAMPLES_BUCKET, key());
    }

    /// The files for the bucket of samples, by key, from the folder `samples`.
    public static Map<String, Path> files(Path samples) {
        return Arrays.stream(values())
                .collect(Collectors.toUnmodifiableMap(SampleTable::key, table -> samples.resolve(table.fileName())));
    }

    private String fileName() {
        return table() + ".csv.gz";
    }
}
