package io.duckfleet.coordinator.history;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The last [#LENGTH] queries. Thread-safe.
public final class QueryHistory {

    private static final int LENGTH = 1_000;
    private static final int LONGEST_TEXT = 10_000;

    private final Clock clock;
    private final SequencedMap<String, QueryEntry> entries = new LinkedHashMap<>();

    public QueryHistory(Clock clock) {
        this.clock = clock;
    }

    /// A new entry for a query that has come, with the engine if its caller chose another than our own; very
    /// long texts are kept in part.
    public synchronized QueryEntry add(String sql, Optional<String> engine, StopSignal signal) {
        String kept = sql.length() <= LONGEST_TEXT ? sql : sql.substring(0, LONGEST_TEXT) + " ..";
        QueryEntry entry = new QueryEntry(kept, engine, clock.instant(), signal);
        entries.put(entry.id(), entry);
        if (entries.size() > LENGTH) {
            entries.pollFirstEntry();
        }
        return entry;
    }

    /// All entries, newest first.
    synchronized List<QueryListing> listings() {
        return entries.sequencedValues().reversed().stream()
                .map(QueryEntry::listing)
                .toList();
    }

    /// The entry of that id.
    ///
    /// @throws FleetException `not_found`
    synchronized QueryEntry entry(String id) {
        Map<String, QueryEntry> known = entries;
        QueryEntry entry = known.get(id);
        if (entry == null) {
            throw new FleetException(
                    ErrorCode.NOT_FOUND,
                    "no query \"%s\" is known; the last %d are kept, see GET /queries".formatted(id, LENGTH));
        }
        return entry;
    }
}
