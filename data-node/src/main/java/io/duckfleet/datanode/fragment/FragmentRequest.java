package io.duckfleet.datanode.fragment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.JsonBody;
import io.duckfleet.common.sql.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A fragment: SQL for this node, the version of the table that it was planned for (absent: any), how long it
/// may take, and the key sets that it reads besides the table.
public record FragmentRequest(
        String id, String sql, Optional<String> tableVersion, Optional<Duration> deadline, List<KeySet> keySets) {

    private static final int LONGEST_ID = 128;

    public FragmentRequest {
        keySets = List.copyOf(keySets);
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw FleetException.invalid(
                    "fragment_id", "a text of 1 to %d characters was expected".formatted(LONGEST_ID));
        }
        if (sql.isBlank()) {
            throw FleetException.invalid("sql", "a SELECT statement was expected, there is none");
        }
    }

    /// A table of keys: its name in the fragment's SQL, and the columns that its Parquet part has.
    public record KeySet(TableName name, List<String> columns) {
        public KeySet {
            columns = List.copyOf(columns);
        }
    }

    /// The request of a JSON document.
    static FragmentRequest parse(byte[] json) {
        Wire wire = JsonBody.read(json, Wire.class);
        return new FragmentRequest(
                text(wire.fragmentId()),
                text(wire.sql()),
                Optional.ofNullable(wire.tableVersion()).filter(version -> !version.isEmpty()),
                deadline(wire.deadlineMs()),
                keySets(wire.keySets()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Optional<Duration> deadline(@Nullable Long milliseconds) {
        OptionalLong given = milliseconds == null ? OptionalLong.empty() : OptionalLong.of(milliseconds);
        if (given.isPresent() && given.getAsLong() < 0) {
            throw FleetException.invalid("deadline_ms", "a number of milliseconds from 0 was expected");
        }
        return given.isPresent() ? Optional.of(Duration.ofMillis(given.getAsLong())) : Optional.empty();
    }

    private static List<KeySet> keySets(@Nullable List<WireKeySet> sets) {
        return sets == null
                ? List.of()
                : sets.stream()
                        .map(set -> new KeySet(
                                new TableName(text(set.name())), set.columns() == null ? List.of() : set.columns()))
                        .toList();
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Wire(
            @Nullable String fragmentId,
            @Nullable String sql,
            @Nullable String tableVersion,
            @Nullable Long deadlineMs,
            @Nullable List<WireKeySet> keySets) {}

    record WireKeySet(@Nullable String name, @Nullable List<String> columns) {}
}
