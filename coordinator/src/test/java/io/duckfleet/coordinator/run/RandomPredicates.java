package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.run.RandomTables.Relation;
import java.util.List;

/// Random conditions over what a query sees, subqueries among them, correlated ones too.
final class RandomPredicates {

    /// A column as it is written, with its type.
    record Term(String sql, RandomType type) {}

    /// What stands in a FROM clause under an alias.
    record Source(String alias, List<Term> columns) {

        static Source of(Relation table, String alias) {
            return new Source(
                    alias,
                    table.fields().stream()
                            .map(field -> new Term(alias + "." + Dice.quoted(field.name()), field.type()))
                            .toList());
        }

        Term id() {
            return columns.getFirst();
        }
    }

    private final Dice dice;
    private final List<Relation> tables;

    RandomPredicates(Dice dice, List<Relation> tables) {
        this.dice = dice;
        this.tables = tables;
    }

    Term term(List<Source> visible) {
        return dice.pick(dice.pick(visible).columns());
    }

    /// ` WHERE ..` or nothing.
    String where(List<Source> visible, int depth) {
        return dice.oneIn(4) ? "" : " WHERE " + predicate(visible, depth);
    }

    String predicate(List<Source> visible, int depth) {
        return switch (dice.below(11)) {
            case 0 -> "(%s AND %s)".formatted(predicate(visible, depth), comparison(term(visible)));
            case 1 -> "(%s OR %s)".formatted(predicate(visible, depth), comparison(term(visible)));
            case 2 -> "NOT (%s)".formatted(comparison(term(visible)));
            case 3 -> "%s IS %sNULL".formatted(term(visible).sql(), dice.oneIn(2) ? "NOT " : "");
            case 4, 5 -> depth > 0 ? subquery(visible, depth) : comparison(term(visible));
            case 6 -> computed(term(visible));
            default -> comparison(term(visible));
        };
    }

    private String subquery(List<Source> visible, int depth) {
        Relation table = dice.pick(tables);
        Source inner = Source.of(table, dice.alias("q"));
        Term outer = dice.pick(visible).id();
        String from = "%s AS %s".formatted(Dice.quoted(table.name()), inner.alias());
        String correlated = "FROM %s WHERE %s = %s AND %s"
                .formatted(from, inner.id().sql(), outer.sql(), predicate(List.of(inner), depth - 1));
        String ids = "SELECT %s FROM %s%s".formatted(inner.id().sql(), from, where(List.of(inner), depth - 1));
        return switch (dice.below(8)) {
            case 0 -> "EXISTS (SELECT 1 %s)".formatted(correlated);
            case 1 -> "NOT EXISTS (SELECT 1 %s)".formatted(correlated);
            case 2 -> "%s IN (%s)".formatted(outer.sql(), ids);
            case 3 -> "%s NOT IN (%s)".formatted(outer.sql(), ids);
            case 4 -> "%s > ALL (%s)".formatted(outer.sql(), ids);
            case 5 -> "(SELECT count(*) %s) > 1".formatted(correlated);
            case 6 ->
                "%s = (SELECT max(%s) %s)".formatted(outer.sql(), inner.id().sql(), correlated);
            default -> "%s >= (SELECT max(v) FROM (%s) AS m(v))".formatted(outer.sql(), ids);
        };
    }

    String comparison(Term term) {
        String one = term.type().value(dice);
        String other = term.type().value(dice);
        return switch (dice.below(term.type().isText() ? 8 : 6)) {
            case 0 -> "%s IN (%s, %s)".formatted(term.sql(), one, other);
            case 1 ->
                term.type().isOrdered()
                        ? "%s BETWEEN %s AND %s".formatted(term.sql(), one, other)
                        : "%s = %s".formatted(term.sql(), one);
            case 2 -> "%s %s %s".formatted(term.sql(), dice.pick(List.of("=", "<>")), one);
            case 3 -> "%s IS %sDISTINCT FROM %s".formatted(term.sql(), dice.oneIn(2) ? "NOT " : "", one);
            case 6 -> "%s LIKE '%s'".formatted(term.sql(), dice.pick(List.of("a%", "%b", "%a%", "_", "a_b%", "%ö%")));
            case 7 -> "%s(%s, 'a')".formatted(dice.pick(List.of("contains", "starts_with", "suffix")), term.sql());
            default ->
                term.type().isOrdered()
                        ? "%s %s %s".formatted(term.sql(), dice.pick(List.of("<", ">", "<=", ">=")), one)
                        : "%s = %s".formatted(term.sql(), other);
        };
    }

    /// A condition that can't be pushed, or only in part.
    private String computed(Term term) {
        return switch (dice.below(4)) {
            case 0 -> "TRY_CAST(%s AS INTEGER) = %d".formatted(term.sql(), dice.below(3));
            case 1 -> "length(CAST(%s AS VARCHAR)) > %d".formatted(term.sql(), dice.below(4));
            case 2 ->
                "coalesce(%s, %s) = %s"
                        .formatted(
                                term.sql(), term.type().value(dice), term.type().value(dice));
            default -> "CASE WHEN %s THEN %s ELSE true END".formatted(comparison(term), comparison(term));
        };
    }
}
