package io.duckfleet.sidecar.iceberg;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How far the mirror has come. What the lake had at `asOf` is in it, but for tables that are `refused` (with
/// the reason) and those that `failed` since; of tables `withoutColumns` the columns that are listed, with
/// reasons, are missing.
public record MirrorState(
        Instant asOf,
        int tables,
        Map<String, String> refused,
        SortedSet<String> failed,
        Map<String, List<String>> withoutColumns) {

    public MirrorState {
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        failed = Collections.unmodifiableSortedSet(new TreeSet<>(failed));
        withoutColumns = Collections.unmodifiableMap(new TreeMap<>(withoutColumns));
    }
}
