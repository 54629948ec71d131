package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The least and the greatest of some keys as texts, none where there is no key, and whether there are NULLs
/// among them.
record KeySpan(boolean withNull, Optional<String> least, Optional<String> greatest) {

    /// How many rows a frame has.
    static final int FRAME_ROWS = 2;

    /// A range that keeps so much of a column is not worth a look at each of its values.
    private static final double WIDE = 0.5;

    /// The integers from the least to the greatest that there can be.
    private static final Map<String, String> EXTREMES = Map.of(
            "TINYINT", "-128, 127",
            "SMALLINT", "-32768, 32767",
            "INTEGER", "-2147483648, 2147483647",
            "BIGINT", "-9223372036854775808, 9223372036854775807");

    /// The span of the column `k` of a query's rows.
    static KeySpan of(Session session, String keys) {
        return session.query(
                "SELECT count(*) > count(k), min(k)::VARCHAR, max(k)::VARCHAR FROM (%s)".formatted(keys), row -> {
                    row.next();
                    return new KeySpan(
                            row.getBoolean(1),
                            Optional.ofNullable(row.getString(2)),
                            Optional.ofNullable(row.getString(3)));
                });
    }

    /// Two rows that stand around the keys, if these are integers that span most of the column that they are
    /// compared with: DuckDB makes a condition of the least and the greatest integer of a join's one side for
    /// the other, which then costs more than it leaves out.
    Optional<String> frame(String type, Optional<ValueRange> column) {
        return Optional.ofNullable(EXTREMES.get(type))
                .filter(extremes ->
                        column.map(range -> share(range, type) >= WIDE).orElse(false))
                .map(extremes -> "SELECT unnest([%s]::%s[]), false AS %s".formatted(extremes, type, KeySet.KEPT));
    }

    private double share(ValueRange column, String type) {
        OptionalDouble from = number(least, type);
        OptionalDouble to = number(greatest, type);
        return from.isPresent() && to.isPresent()
                ? column.shareBelow(to.getAsDouble()) - column.shareBelow(from.getAsDouble())
                : 0;
    }

    private static OptionalDouble number(Optional<String> value, String type) {
        return value.map(text -> ValueRange.number(text, type)).orElse(OptionalDouble.empty());
    }
}
