package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Predicate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptRowsTest {

    private static final Column DAY = new Column("day", "DATE");
    private static final Column WEIGHT = new Column("weight", "DECIMAL(9,2)");
    private static final Column NAME = new Column("name", "VARCHAR");
    private static final double PRECISION = 0.001;

    /// Dates of 1,000 days from 1995-01-01 on, weights from 0 to 200, and names.
    private static final KeptRows.Figures FIGURES = new KeptRows.Figures() {
        @Override
        public double distinct(Column column) {
            return 1_000;
        }

        @Override
        public Optional<ValueRange> range(Column column) {
            return switch (column.name()) {
                case "day" -> Optional.of(new ValueRange(day("1995-01-01"), day("1995-01-01") + 1_000));
                case "weight" -> Optional.of(new ValueRange(0, 200));
                default -> Optional.empty();
            };
        }
    };

    private static double day(String day) {
        return ValueRange.number(day, "DATE").orElseThrow();
    }

    @Test
    void aBoundKeepsWhatIsOnItsSide() {
        assertShare(compare(DAY, "<", "CAST('1995-04-11' AS DATE)"), 0.1);
        assertShare(compare(DAY, ">=", "CAST('1995-04-11' AS DATE)"), 0.9);
        assertShare(compare(WEIGHT, ">", "CAST('150' AS DECIMAL(9,2))"), 0.25);
    }

    @Test
    void twoBoundsKeepWhatIsBetween() {
        Predicate between = new Predicate.And(List.of(
                compare(DAY, ">=", "CAST('1995-04-11' AS DATE)"), compare(DAY, "<=", "CAST('1995-07-20' AS DATE)")));

        assertShare(between, 0.1);
        assertShare(new Predicate.And(List.of(between, compare(WEIGHT, "<", "CAST('100' AS DECIMAL(9,2))"))), 0.05);
    }

    @Test
    void noBoundKeepsLessThanOneValue() {
        assertShare(compare(DAY, ">", "CAST('2030-01-01' AS DATE)"), 0.001);
    }

    @Test
    void ofWhatIsNotKnownSomeIsKept() {
        assertShare(compare(NAME, ">", "'m'"), 0.3);
        assertShare(compare(NAME, "=", "'m'"), 0.001);
    }

    private static Predicate compare(Column column, String operator, String literal) {
        return new Predicate.Comparison(column, operator, literal);
    }

    private static void assertShare(Predicate predicate, double expected) {
        assertThat(KeptRows.share(predicate, FIGURES)).isCloseTo(expected, within(PRECISION));
    }
}
