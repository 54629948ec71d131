package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.run.RandomPredicates.Source;
import io.duckfleet.coordinator.run.RandomPredicates.Term;
import io.duckfleet.coordinator.run.RandomTables.Relation;
import java.util.ArrayList;
import java.util.List;

/// Makes random SELECTs whose answer, as a bag of rows, is determined.
final class QueryGenerator {

    private static final int DEEPEST = 2;

    private final Dice dice;
    private final List<Relation> tables;
    private final RandomPredicates predicates;

    QueryGenerator(Dice dice, List<Relation> tables) {
        this.dice = dice;
        this.tables = tables;
        this.predicates = new RandomPredicates(dice, tables);
    }

    /// One SELECT over the tables.
    String query() {
        return switch (dice.below(10)) {
            case 0, 1 -> withCte();
            case 2 -> setOperation();
            case 4 -> groups(dice.pick(tables));
            case 5 -> members(dice.pick(tables), dice.pick(tables));
            case 3 -> "SELECT * FROM (%s) AS sub ORDER BY ALL LIMIT %d".formatted(select(tables), dice.below(5));
            default -> select(tables);
        };
    }

    /// A CTE, half of the time under the name of a table, which it hides.
    private String withCte() {
        Relation table = dice.pick(tables);
        String name = dice.oneIn(2) ? table.name() : "cte";
        Source source = Source.of(table, Dice.quoted(table.name()));
        String cte = "SELECT * FROM %s%s".formatted(Dice.quoted(table.name()), predicates.where(List.of(source), 1));
        List<Relation> visible = new ArrayList<>(tables);
        visible.removeIf(other -> other.name().equals(name));
        visible.add(new Relation(name, table.fields()));
        String materialized = dice.pick(List.of("", "MATERIALIZED ", "NOT MATERIALIZED "));
        return "WITH %s AS %s(%s) %s".formatted(Dice.quoted(name), materialized, cte, select(visible));
    }

    private String setOperation() {
        String kind = dice.pick(List.of(
                "UNION",
                "UNION ALL",
                "EXCEPT",
                "EXCEPT ALL",
                "INTERSECT",
                "INTERSECT ALL",
                "UNION BY NAME",
                "UNION ALL BY NAME"));
        return "%s %s %s".formatted(single(), kind, single());
    }

    /// One text column: what set operations need on both sides.
    private String single() {
        Relation table = dice.pick(tables);
        Source source = Source.of(table, dice.alias("s"));
        return "SELECT CAST(%s AS VARCHAR) AS v FROM %s AS %s%s"
                .formatted(
                        dice.pick(source.columns()).sql(),
                        Dice.quoted(table.name()),
                        source.alias(),
                        predicates.where(List.of(source), 1));
    }

    private String select(List<Relation> from) {
        RandomPredicates conditions = new RandomPredicates(dice, from);
        List<Source> visible = new ArrayList<>();
        String sources = new RandomSources(dice, from, conditions).from(visible, DEEPEST);
        String where = conditions.where(visible, DEEPEST);
        return dice.oneIn(3) ? grouped(visible, sources, where) : plain(visible, sources, where);
    }

    private String plain(List<Source> visible, String from, String where) {
        List<String> items = new ArrayList<>();
        int more = dice.below(4);
        for (int i = 0; i <= more; i++) {
            items.add("%s AS o%d".formatted(item(visible), i));
        }
        String qualify = "";
        if (dice.oneIn(6)) {
            items.add("count(*) OVER (PARTITION BY %s) AS w"
                    .formatted(predicates.term(visible).sql()));
            qualify = dice.oneIn(3) ? " QUALIFY w > 1" : "";
        }
        String list = dice.oneIn(8) && qualify.isEmpty() ? "*" : String.join(", ", items);
        return "SELECT %s%s FROM %s%s%s".formatted(dice.oneIn(6) ? "DISTINCT " : "", list, from, where, qualify);
    }

    private String grouped(List<Source> visible, String from, String where) {
        Term key = predicates.term(visible);
        Term least = predicates.term(visible);
        String order = least.type().isOrdered() ? least.sql() : "CAST(%s AS VARCHAR)".formatted(least.sql());
        String having = dice.oneIn(3) ? " HAVING count(*) > 1" : "";
        String grouping = dice.pick(
                List.of("GROUP BY %s", "GROUP BY %s", "GROUP BY ROLLUP (%s)", "GROUP BY GROUPING SETS ((%s), ())"));
        return "SELECT %s AS g, count(*) AS n, count(DISTINCT %s) AS c, min(%s) AS lo, max(%s) AS hi, sum(%s) FILTER (%s) AS s FROM %s%s %s%s"
                .formatted(
                        key.sql(),
                        predicates.term(visible).sql(),
                        order,
                        order,
                        dice.pick(visible).id().sql(),
                        predicates.comparison(predicates.term(visible)),
                        from,
                        where,
                        grouping.formatted(key.sql()),
                        having);
    }

    /// Rows of one table that are, or aren't, among another one's.
    private String members(Relation table, Relation other) {
        Source source = Source.of(table, dice.alias("m"));
        String outer = dice.alias("n");
        List<Source> visible = List.of(source);
        String from = "%s AS %s".formatted(Dice.quoted(table.name()), source.alias());
        String joined = dice.oneIn(2)
                ? from
                : "%s AS %s LEFT JOIN %s ON %s = %s"
                        .formatted(
                                Dice.quoted(dice.pick(tables).name()),
                                outer,
                                from,
                                outer + ".id",
                                source.id().sql());
        return "SELECT %s AS o0, %s AS o1 FROM %s WHERE %s"
                .formatted(item(visible), item(visible), joined, onMembership(visible, other));
    }

    private String onMembership(List<Source> visible, Relation other) {
        Source inner = Source.of(other, dice.alias("q"));
        String member = dice.pick(visible).id().sql();
        String key = inner.id().sql();
        String rows = "FROM %s AS %s WHERE %s"
                .formatted(Dice.quoted(other.name()), inner.alias(), predicates.predicate(List.of(inner), 1));
        String condition = dice.oneIn(2)
                ? "%s IN (SELECT %s %s)".formatted(member, key, rows)
                : "EXISTS (SELECT 1 %s AND %s = %s)".formatted(rows, key, member);
        String another = predicates.comparison(predicates.term(visible));
        return switch (dice.below(9)) {
            case 0 -> "NOT (%s)".formatted(condition);
            case 1 -> "%s OR %s".formatted(condition, another);
            case 2 -> "(%s) = (%s)".formatted(condition, another);
            case 3 -> "(%s) IS NOT TRUE".formatted(condition);
            case 4 -> "CASE WHEN %s THEN %s ELSE true END".formatted(condition, another);
            default -> "%s AND %s".formatted(condition, predicates.predicate(visible, 1));
        };
    }

    /// Groups of one table's rows by columns, as shards may make them.
    private String groups(Relation table) {
        Source source = Source.of(table, dice.alias("g"));
        List<Source> visible = List.of(source);
        List<String> items = new ArrayList<>();
        for (Term column : source.columns()) {
            if (dice.oneIn(source.columns().size())) {
                items.add(column.sql());
            }
        }
        String grouping = items.isEmpty() ? "" : " GROUP BY " + (dice.oneIn(2) ? "ALL" : String.join(", ", items));
        String having = dice.oneIn(3) ? " HAVING %s IS NOT NULL".formatted(aggregate(visible)) : "";
        int more = dice.below(3);
        for (int i = 0; i <= more; i++) {
            items.add("%s AS a%d".formatted(aggregate(visible), i));
        }
        return "SELECT %s FROM %s AS %s%s%s%s"
                .formatted(
                        String.join(", ", items),
                        Dice.quoted(table.name()),
                        source.alias(),
                        predicates.where(visible, 0),
                        grouping,
                        having);
    }

    private String aggregate(List<Source> visible) {
        Term term = predicates.term(visible);
        String filter = dice.oneIn(3) ? " FILTER (%s)".formatted(predicates.predicate(visible, 0)) : "";
        String least = term.type().isOrdered() ? "%s(%s)" : "%s(CAST(%s AS VARCHAR))";
        return switch (dice.below(6)) {
            case 0 -> "count(*)" + filter;
            case 1 -> "count(%s)%s".formatted(term.sql(), filter);
            case 2 -> "sum(%s)%s".formatted(dice.pick(visible).id().sql(), filter);
            case 3 -> term.type().isSummed() ? "sum(%s)%s".formatted(term.sql(), filter) : "count(*)" + filter;
            default -> least.formatted(dice.pick(List.of("min", "max")), term.sql()) + filter;
        };
    }

    private String item(List<Source> visible) {
        Term term = predicates.term(visible);
        return switch (dice.below(8)) {
            case 0 -> expression(term);
            case 1 -> scalarSubquery(visible);
            case 2 -> "coalesce(CAST(%s AS VARCHAR), 'none')".formatted(term.sql());
            default -> term.sql();
        };
    }

    private String scalarSubquery(List<Source> visible) {
        Relation table = dice.pick(tables);
        Source inner = Source.of(table, dice.alias("z"));
        return "(SELECT count(*) FROM %s AS %s WHERE %s = %s)"
                .formatted(
                        Dice.quoted(table.name()),
                        inner.alias(),
                        inner.id().sql(),
                        dice.pick(visible).id().sql());
    }

    private static String expression(Term term) {
        return switch (term.type()) {
            case INTEGER, TINYINT -> "CAST(%s AS BIGINT) + 1".formatted(term.sql());
            case VARCHAR, ODD_TEXT -> "upper(%s)".formatted(term.sql());
            case TIMESTAMP -> "date_trunc('month', %s)".formatted(term.sql());
            case LIST, TEXT_LIST, ARRAY -> "%s[1]".formatted(term.sql());
            case STRUCT -> "struct_extract(%s, 'a')".formatted(term.sql());
            case DEEP_STRUCT -> "struct_extract(struct_extract(%s, 'x y'), 'c')".formatted(term.sql());
            case MAP -> "%s['k']".formatted(term.sql());
            default -> "CASE WHEN %s IS NULL THEN 0 ELSE 1 END".formatted(term.sql());
        };
    }
}
