package io.duckfleet.coordinator.run;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.SemiJoin;
import java.nio.file.Path;

/// What one semi-join asks of a node: rows with certain keys only.
sealed interface KeyFilter {

    SemiJoin semiJoin();

    /// The condition for the node's WHERE.
    String toSql();

    /// The filter for people, such as `100 keys`.
    String told();

    /// Just these keys: the column [#COLUMN] of a Parquet file, which the node holds as the table `name`.
    record KeySet(SemiJoin semiJoin, String name, Path file, long keys, boolean withNull) implements KeyFilter {

        static final String COLUMN = "k";

        @Override
        public String toSql() {
            String key = semiJoin.key().quoted();
            String among = "%s IN (SELECT %s FROM %s)".formatted(key, COLUMN, Identifiers.quote(name));
            return withNull ? "(%s OR %s IS NULL)".formatted(among, key) : among;
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
        public String toSql() {
            String key = semiJoin.key().quoted();
            String between = "%s BETWEEN %s AND %s".formatted(key, literal(least), literal(greatest));
            return "(%s%s)".formatted(between, withNull ? " OR %s IS NULL".formatted(key) : "");
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
