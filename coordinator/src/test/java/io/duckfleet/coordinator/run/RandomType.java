package io.duckfleet.coordinator.run;

import java.util.Locale;

/// A type of a random column, with how to write six of its values, and whether `<` is defined on it in a way
/// that a test may rely on. Few values, so that joins meet.
enum RandomType {
    BIGINT("BIGINT", "-1", "0", "1", "2", "3", "9007199254740993"),
    INTEGER("INTEGER", "-1", "0", "1", "2", "3", "4"),
    TINYINT("TINYINT", "-128", "0", "1", "2", "3", "127"),
    UBIGINT("UBIGINT", "0", "1", "2", "3", "4", "18446744073709551615"),
    HUGEINT("HUGEINT", "-1", "0", "1", "2", "3", "170141183460469231731687303715884105727"),
    DOUBLE("DOUBLE", "0.5", "-1.25", "3", "1e3", "'-0.0'", "'nan'"),
    FLOAT("FLOAT", "0.5", "-1.25", "3", "'inf'", "0", "2.75"),
    DECIMAL("DECIMAL(9,2)", "0.25", "1.25", "2.25", "-3.25", "4.00", "9999999.99"),
    WIDE_DECIMAL("DECIMAL(38,10)", "0.25", "1.25", "2.0000000001", "-3.25", "4", "1e27"),
    VARCHAR("VARCHAR", "'a'", "'b'", "'ab'", "''", "'o''x'", "'%'"),
    ODD_TEXT("VARCHAR", "'größe'", "'a\"b'", "'\\'", "' a '", "'🦆'", "'NULL'"),
    DATE("DATE", "'2026-01-01'", "'2026-01-02'", "'1969-12-31'", "'0044-03-15 (BC)'", "'9999-12-31'", "'infinity'"),
    TIMESTAMP(
            "TIMESTAMP",
            "'2026-01-01 00:30:00'",
            "'2026-01-01 01:30:00'",
            "'2026-01-02 00:00:00'",
            "'1969-12-31 23:59:59.999999'",
            "'2026-01-01 00:00:00.000001'",
            "'-infinity'"),
    TIMESTAMPTZ(
            "TIMESTAMP WITH TIME ZONE",
            "'2026-01-01 00:30:00+00'",
            "'2026-01-01 01:30:00+01'",
            "'2026-01-02 00:00:00-08'",
            "'1969-12-31 23:59:59.5+00'",
            "'2026-06-01 00:00:00+00'",
            "'2026-06-01 12:00:00+00'"),
    TIMESTAMP_NS(
            "TIMESTAMP_NS",
            "'2026-01-01 00:30:00.123456789'",
            "'2026-01-01 00:30:00.123456788'",
            "'2026-01-02 00:00:00'",
            "'1969-12-31 23:59:59'",
            "'2026-06-01 00:00:00'",
            "'2026-06-01 12:00:00'"),
    TIME("TIME", "'00:30:00'", "'01:30:00'", "'23:59:59.999999'", "'00:00:00'", "'12:00:00'", "'12:00:01'"),
    INTERVAL("INTERVAL", "'1 day'", "'1 month'", "'29 days'", "'25 hours'", "'-1 year'", "'1 microsecond'"),
    BOOLEAN("BOOLEAN", "true", "false", "true", "false", "true", "false"),
    BLOB("BLOB", "'a'", "'\\x00'", "'\\xFF\\x27'", "''", "'ab'", "'b'"),
    UUID(
            "UUID",
            "'00000000-0000-0000-0000-000000000000'",
            "'00000000-0000-0000-0000-000000000001'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "'80000000-0000-0000-0000-000000000000'",
            "'7fffffff-ffff-ffff-ffff-ffffffffffff'",
            "'12345678-1234-1234-1234-123456789abc'"),
    ENUM("ENUM('z', 'a', 'm')", "'z'", "'a'", "'m'", "'z'", "'a'", "'m'"),
    BIT("BIT", "'0'", "'1'", "'0101'", "'101'", "'1111111111'", "'00'"),
    STRUCT(
            "STRUCT(a INTEGER, b VARCHAR)",
            "{'a': 0, 'b': 'b0'}",
            "{'a': 1, 'b': 'b1'}",
            "{'a': 2, 'b': NULL}",
            "{'a': NULL, 'b': 'b3'}",
            "{'a': 4, 'b': ''}",
            "{'a': NULL, 'b': NULL}"),
    DEEP_STRUCT(
            "STRUCT(\"x y\" STRUCT(c DATE[]), d DECIMAL(5,1))",
            "{'x y': {'c': ['2026-01-01']}, 'd': 0.1}",
            "{'x y': {'c': []}, 'd': 1.5}",
            "{'x y': {'c': NULL}, 'd': NULL}",
            "{'x y': NULL, 'd': 2}",
            "{'x y': {'c': [NULL]}, 'd': 3}",
            "{'x y': {'c': ['2026-01-01', NULL]}, 'd': 0.1}"),
    LIST("INTEGER[]", "[0, NULL, 1]", "[1, 2]", "[]", "[NULL]", "[3]", "[1]"),
    TEXT_LIST("VARCHAR[]", "['a', 'b']", "['a']", "[]", "[NULL]", "['']", "['größe', 'o''x']"),
    ARRAY("INTEGER[2]", "[0, 1]", "[1, 2]", "[2, NULL]", "[3, 4]", "[0, 0]", "[1, 1]"),
    MAP(
            "MAP(VARCHAR, INTEGER)",
            "MAP {'k': 0}",
            "MAP {'k': 1, 'l': NULL}",
            "MAP {}",
            "MAP {'k': 3}",
            "MAP {'': 4}",
            "MAP {'o''x': 5}");

    private final String sql;
    /// A line each.
    private final String values;

    RandomType(String sql, String... values) {
        this.sql = sql;
        this.values = String.join("\n", values);
    }

    /// The type's name in SQL.
    String sql() {
        return sql;
    }

    /// One of the values, as SQL of just this type.
    String value(Dice dice) {
        String value = dice.pick(values.lines().toList());
        return this == BIGINT || this == INTEGER || this == BOOLEAN ? value : "CAST(%s AS %s)".formatted(value, sql);
    }

    boolean isInteger() {
        return this == BIGINT || this == INTEGER;
    }

    /// Whether a sum is the same in any order.
    boolean isSummed() {
        return this == BIGINT || this == INTEGER || this == TINYINT || this == UBIGINT || this == DECIMAL;
    }

    boolean isText() {
        return sql.equals("VARCHAR");
    }

    /// Whether columns of the type may be compared by `<`, and be the argument of `min`.
    boolean isOrdered() {
        return this != MAP && this != BIT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
