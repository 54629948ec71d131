package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.run.RandomPredicates.Source;
import io.duckfleet.coordinator.run.RandomPredicates.Term;
import io.duckfleet.coordinator.run.RandomTables.Relation;
import java.util.ArrayList;
import java.util.List;

/// Random FROM clauses: tables, subqueries and lateral ones, joined in every way whose answer is determined.
final class RandomSources {

    private static final List<String> JOINS =
            List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN", "CROSS JOIN");

    private final Dice dice;
    private final List<Relation> tables;
    private final RandomPredicates predicates;

    RandomSources(Dice dice, List<Relation> tables, RandomPredicates predicates) {
        this.dice = dice;
        this.tables = tables;
        this.predicates = predicates;
    }

    /// A FROM clause; what is visible after it is added to `visible`.
    String from(List<Source> visible, int depth) {
        StringBuilder from = new StringBuilder(source(visible, depth));
        int joins = dice.below(3);
        for (int i = 0; i < joins; i++) {
            from.append(dice.oneIn(8) ? lateral(visible) : join(visible, depth));
        }
        return from.toString();
    }

    private String join(List<Source> visible, int depth) {
        Source left = dice.pick(visible);
        List<Source> added = new ArrayList<>();
        String right = source(added, depth);
        String kind = dice.pick(JOINS);
        if (!kind.startsWith("SEMI") && !kind.startsWith("ANTI")) {
            visible.addAll(added);
        }
        return kind.equals("CROSS JOIN")
                ? " CROSS JOIN " + right
                : " %s %s ON %s".formatted(kind, right, joinCondition(left, added.getFirst()));
    }

    private String joinCondition(Source left, Source right) {
        String equal = "%s = %s".formatted(left.id().sql(), right.id().sql());
        return switch (dice.below(6)) {
            case 0 -> equal + " AND " + predicates.comparison(dice.pick(right.columns()));
            case 1 -> equal + " AND " + predicates.comparison(dice.pick(left.columns()));
            case 2 -> "%s < %s".formatted(left.id().sql(), right.id().sql());
            case 3 ->
                "%s IS NOT DISTINCT FROM %s"
                        .formatted(left.id().sql(), right.id().sql());
            default -> equal;
        };
    }

    private String lateral(List<Source> visible) {
        Relation table = dice.pick(tables);
        Source inner = Source.of(table, dice.alias("l"));
        String alias = dice.alias("x");
        String sql = ", LATERAL (SELECT count(*) AS n, min(%s) AS lo FROM %s AS %s WHERE %s = %s) AS %s"
                .formatted(
                        inner.id().sql(),
                        Dice.quoted(table.name()),
                        inner.alias(),
                        inner.id().sql(),
                        dice.pick(visible).id().sql(),
                        alias);
        visible.add(new Source(
                alias, List.of(new Term(alias + ".n", RandomType.BIGINT), new Term(alias + ".lo", RandomType.BIGINT))));
        return sql;
    }

    private String source(List<Source> visible, int depth) {
        Relation table = dice.pick(tables);
        String alias = dice.alias("a");
        visible.add(Source.of(table, alias));
        if (depth == 0 || !dice.oneIn(5)) {
            return "%s AS %s".formatted(Dice.quoted(table.name()), alias);
        }
        Source inner = Source.of(table, dice.alias("i"));
        String limit = dice.oneIn(4) ? " ORDER BY ALL LIMIT " + dice.below(9) : "";
        return "(SELECT * FROM %s AS %s%s%s) AS %s"
                .formatted(
                        Dice.quoted(table.name()),
                        inner.alias(),
                        predicates.where(List.of(inner), depth - 1),
                        limit,
                        alias);
    }
}
