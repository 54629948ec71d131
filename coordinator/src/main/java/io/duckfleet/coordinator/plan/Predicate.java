package io.duckfleet.coordinator.plan;

import io.duckfleet.common.sql.Identifiers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A condition on the rows of one table that can neither throw, nor differ from call to call, nor depend on a
/// setting: what a node may be asked to apply before the local query applies everything again.
public sealed interface Predicate {

    /// The condition as SQL, parenthesised where it needs to be.
    String toSql();

    /// The disjunction of `any`; equalities of one column are an `IN`, so that the optimizer's two ways to
    /// print that are one.
    static Predicate anyOf(List<Predicate> any) {
        List<Comparison> equalities = any.stream()
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(comparison -> comparison.operator().equals("="))
                .toList();
        long columns = equalities.stream().map(Comparison::column).distinct().count();
        return equalities.size() == any.size() && columns == 1
                ? new OneOf(
                        equalities.getFirst().column(),
                        equalities.stream().map(Comparison::literal).toList())
                : new Or(any);
    }

    /// `column operator literal`, such as `"stops" >= 2`. `literal` is SQL that is a constant of the column's
    /// type.
    record Comparison(Column column, String operator, String literal) implements Predicate {
        @Override
        public String toSql() {
            return "%s %s %s".formatted(column.quoted(), operator, literal);
        }
    }

    /// `column IN (..)`, the literals in one order whatever order they came in.
    record OneOf(Column column, List<String> literals) implements Predicate {
        public OneOf {
            literals = literals.stream()
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .distinct()
                    .toList();
        }

        @Override
        public String toSql() {
            return "%s IN (%s)".formatted(column.quoted(), String.join(", ", literals));
        }
    }

    /// `column IS NULL`.
    record IsNull(Column column) implements Predicate {
        @Override
        public String toSql() {
            return column.quoted() + " IS NULL";
        }
    }

    /// A text function that is true or false for a text column and a constant: `contains`, `prefix`,
    /// `suffix`, or LIKE as `~~`.
    record TextMatch(Column column, String function, String text) implements Predicate {
        @Override
        public String toSql() {
            return function.equals("~~")
                    ? "%s LIKE %s".formatted(column.quoted(), Identifiers.literal(text))
                    : "%s(%s, %s)".formatted(function, column.quoted(), Identifiers.literal(text));
        }
    }

    record Not(Predicate negated) implements Predicate {
        @Override
        public String toSql() {
            return "NOT (%s)".formatted(negated.toSql());
        }
    }

    record And(List<Predicate> all) implements Predicate {
        public And {
            all = List.copyOf(all);
        }

        @Override
        public String toSql() {
            return joined(all, " AND ");
        }
    }

    record Or(List<Predicate> any) implements Predicate {
        public Or {
            any = List.copyOf(any);
        }

        @Override
        public String toSql() {
            return joined(any, " OR ");
        }
    }

    private static String joined(List<Predicate> predicates, String operator) {
        return predicates.stream().map(Predicate::toSql).collect(Collectors.joining(operator, "(", ")"));
    }
}
