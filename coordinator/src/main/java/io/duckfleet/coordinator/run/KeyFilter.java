package io.duckfleet.coordinator.run;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.SemiJoin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What one semi-join asks of a node: rows with certain keys only.
sealed interface KeyFilter {

    SemiJoin semiJoin();

    /// What stands behind the table in the node's FROM: a join, or nothing.
    String join();

    /// The condition for the node's WHERE, if there is one.
    Optional<String> condition();

    /// The filter for people, such as `100 keys`.
    String told();

    /// Just these keys: the column [#COLUMN] of a Parquet file, which the node holds as the table `name`.
    ///
    /// @param framed whether the file has two more rows, with the least and the greatest value that there can
    /// be, of which the column [#KEPT] is false (docs/decisions/050); not with NULL
    record KeySet(SemiJoin semiJoin, String name, Path file, long keys, boolean withNull, boolean framed)
            implements KeyFilter {

        static final String COLUMN = "k";
        static final String KEPT = "kept";

        /// The file's columns.
        List<String> columns() {
            return framed ? List.of(COLUMN, KEPT) : List.of(COLUMN);
        }

        /// Keys are there once each, so a join leaves rows out and doubles none. DuckDB takes half as long for it
        /// as for IN where keys are thousands: it has a quicker table for integers that lie close together.
        @Override
        public String join() {
            if (withNull) {
                return "";
            }
            String table = Identifiers.quote(name);
            String keptKeys = framed ? "(SELECT %s FROM %s WHERE %s)".formatted(COLUMN, table, KEPT) : table;
            return " JOIN %1$s AS %2$s(%2$s) ON %3$s = %2$s.%2$s"
                    .formatted(keptKeys, table, semiJoin.key().quoted());
        }

        @Override
        public Optional<String> condition() {
            String key = semiJoin.key().quoted();
            return withNull
                    ? Optional.of("(%1$s IN (SELECT %2$s FROM %3$s) OR %1$s IS NULL)"
                            .formatted(key, COLUMN, Identifiers.quote(name)))
                    : Optional.empty();
        }

        @Override
        public String told() {
            return keys == 1 ? "1 key" : keys + " keys";
        }
    }

    /// All keys from `least` to `greatest`, which are texts of values of `type`; for where keys are too many.
    record KeyRange(SemiJoin semiJoin, String least, String greatest, String type, boolean withNull)
            implements KeyFilter {

        @Override
        public String join() {
            return "";
        }

        @Override
        public Optional<String> condition() {
            String key = semiJoin.key().quoted();
            String between = "%s BETWEEN %s AND %s".formatted(key, literal(least), literal(greatest));
            return Optional.of("(%s%s)".formatted(between, withNull ? " OR %s IS NULL".formatted(key) : ""));
        }

        @Override
        public String told() {
            return "keys from %s to %s".formatted(least, greatest);
        }

        private String literal(String text) {
            return "CAST(%s AS %s)".formatted(Identifiers.literal(text), type);
        }
    }
}
