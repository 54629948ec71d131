package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Predicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Guesses which share of its rows a predicate keeps, as databases do that have no histograms: values are
/// spread evenly between the least and the greatest, conditions on different columns have nothing to do with
/// one another.
final class KeptRows {

    private static final double BY_RANGE = 0.3;
    private static final double BY_TEXT = 0.1;
    private static final double NULLS = 0.1;

    /// What literals of other types than numbers and texts look like.
    private static final Pattern CAST = Pattern.compile("CAST\\('(.*)' AS .*\\)");

    private KeptRows() {}

    /// What is known of a table's columns.
    interface Figures {

        /// How many different values the column has.
        double distinct(Column column);

        /// Between which values they are, where that is known.
        Optional<ValueRange> range(Column column);
    }

    /// A number from 0 to 1.
    static double share(Predicate predicate, Figures figures) {
        return switch (predicate) {
            case Predicate.Comparison comparison -> share(comparison, figures);
            case Predicate.OneOf oneOf -> Math.min(1, oneOf.literals().size() * one(oneOf.column(), figures));
            case Predicate.IsNull _ -> NULLS;
            case Predicate.TextMatch _ -> BY_TEXT;
            case Predicate.Not not -> 1 - share(not.negated(), figures);
            case Predicate.And and -> shareOfAll(and.all(), figures);
            case Predicate.Or or ->
                Math.min(
                        1,
                        or.any().stream()
                                .mapToDouble(each -> share(each, figures))
                                .sum());
        };
    }

    /// Two bounds of one column keep what is between them.
    private static double shareOfAll(List<Predicate> all, Figures figures) {
        Map<Column, Double> leftOut = new HashMap<>();
        List<Predicate> others = new ArrayList<>();
        for (Predicate predicate : all) {
            if (predicate instanceof Predicate.Comparison comparison
                    && within(comparison, figures).isPresent()) {
                leftOut.merge(
                        comparison.column(), 1 - within(comparison, figures).getAsDouble(), Double::sum);
            } else {
                others.add(predicate);
            }
        }
        double share = 1;
        for (Map.Entry<Column, Double> column : leftOut.entrySet()) {
            share *= Math.max(one(column.getKey(), figures), 1 - column.getValue());
        }
        for (Predicate other : others) {
            share *= share(other, figures);
        }
        return share;
    }

    private static double share(Predicate.Comparison comparison, Figures figures) {
        return switch (comparison.operator()) {
            case "=" -> one(comparison.column(), figures);
            case "<>" -> 1 - one(comparison.column(), figures);
            default -> {
                OptionalDouble within = within(comparison, figures);
                yield within.isPresent() ? Math.max(one(comparison.column(), figures), within.getAsDouble()) : BY_RANGE;
            }
        };
    }

    /// The share of a bound, where the range of the column is known.
    private static OptionalDouble within(Predicate.Comparison comparison, Figures figures) {
        Optional<ValueRange> range = figures.range(comparison.column());
        OptionalDouble bound = number(comparison.literal(), comparison.column().type());
        if (range.isEmpty() || bound.isEmpty()) {
            return OptionalDouble.empty();
        }
        double below = range.get().shareBelow(bound.getAsDouble());
        return switch (comparison.operator()) {
            case "<", "<=" -> OptionalDouble.of(below);
            case ">", ">=" -> OptionalDouble.of(1 - below);
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble number(String literal, String type) {
        Matcher cast = CAST.matcher(literal);
        return ValueRange.number(cast.matches() ? cast.group(1) : literal, type);
    }

    private static double one(Column column, Figures figures) {
        return 1 / Math.max(1, figures.distinct(column));
    }
}
