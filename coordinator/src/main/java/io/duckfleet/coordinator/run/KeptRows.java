package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Predicate;
import java.util.function.ToDoubleFunction;

/// Guesses which share of its rows a predicate keeps, as databases do that have no histograms: values are
/// spread evenly, conditions have nothing to do with one another.
final class KeptRows {

    private static final double BY_RANGE = 0.3;
    private static final double BY_TEXT = 0.1;
    private static final double NULLS = 0.1;

    private KeptRows() {}

    /// A number from 0 to 1; `distinct` tells how many different values a column has.
    static double share(Predicate predicate, ToDoubleFunction<Column> distinct) {
        return switch (predicate) {
            case Predicate.Comparison comparison -> share(comparison, distinct);
            case Predicate.OneOf oneOf -> Math.min(1, oneOf.literals().size() * one(oneOf.column(), distinct));
            case Predicate.IsNull _ -> NULLS;
            case Predicate.TextMatch _ -> BY_TEXT;
            case Predicate.Not not -> 1 - share(not.negated(), distinct);
            case Predicate.And and ->
                and.all().stream().mapToDouble(each -> share(each, distinct)).reduce(1, (a, b) -> a * b);
            case Predicate.Or or ->
                Math.min(
                        1,
                        or.any().stream()
                                .mapToDouble(each -> share(each, distinct))
                                .sum());
        };
    }

    private static double share(Predicate.Comparison comparison, ToDoubleFunction<Column> distinct) {
        return switch (comparison.operator()) {
            case "=" -> one(comparison.column(), distinct);
            case "<>" -> 1 - one(comparison.column(), distinct);
            default -> BY_RANGE;
        };
    }

    private static double one(Column column, ToDoubleFunction<Column> distinct) {
        return 1 / Math.max(1, distinct.applyAsDouble(column));
    }
}
