package io.duckfleet.benchmarks.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers in a form in which those of several contenders can be compared: rows as texts, sorted, numbers to
/// twelve digits (sums of floating-point numbers depend on the order of the rows).
final class Answers {

    private static final MathContext DIGITS = new MathContext(12);

    private Answers() {}

    /// Those of a JSON answer, whose rows are objects.
    static List<String> of(JsonNode results) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : results) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.isNumber() ? number(value.asText()) : value.asText()));
            rows.add(String.join("|", values));
        }
        return sorted(rows);
    }

    /// Those of DuckDB.
    static List<String> of(ResultSet results) throws SQLException {
        int columns = results.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (results.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                values.add(text(results.getObject(column)));
            }
            rows.add(String.join("|", values));
        }
        return sorted(rows);
    }

    /// Refuses a contender that gives another answer than the one that is `expected`.
    static void requireEqual(String contender, String sql, List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("%s answers %s%nwith %s%nwhere one DuckDB has %s"
                    .formatted(contender, sql, firstOf(found), firstOf(expected)));
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number ? number(value.toString()) : Objects.toString(value);
    }

    private static String number(String text) {
        BigDecimal rounded = new BigDecimal(text).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static String firstOf(List<String> rows) {
        return "%d rows: %s".formatted(rows.size(), rows.stream().limit(5).toList());
    }
}
