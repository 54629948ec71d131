package io.duckfleet.coordinator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes random schemas, data and SELECTs whose answer, as a bag of rows, is determined. All values come from
/// small domains with many NULLs, so that joins meet and predicates are true, false and unknown.
final class QueryGenerator {

    /// A column and its type.
    record Field(String name, String type) {}

    /// A table and its columns.
    record Relation(String name, List<Field> fields) {}

    private static final List<String> TYPES = List.of(
            "BIGINT",
            "INTEGER",
            "VARCHAR",
            "DOUBLE",
            "DECIMAL(9,2)",
            "DATE",
            "TIMESTAMP",
            "BOOLEAN",
            "STRUCT(a INTEGER, b VARCHAR)",
            "INTEGER[]",
            "HUGEINT");

    private static final int MOST_ROWS = 40;
    private static final int DEEPEST = 2;

    private final RandomGenerator random;
    private int aliases;

    QueryGenerator(RandomGenerator random) {
        this.random = random;
    }

    /// One to four tables; two of their names and some of their columns' names need quotes or are easily
    /// confused.
    List<Relation> schema() {
        List<String> names = List.of("items", "Orders", "t", "people");
        return IntStream.range(0, 1 + random.nextInt(names.size()))
                .mapToObj(i -> new Relation(names.get(i), fields()))
                .toList();
    }

    private List<Field> fields() {
        List<String> names = List.of("id", "k", "we ird", "st.a", "Name", "x\"y", "c0");
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", "BIGINT"));
        fields.add(new Field("k", pick(List.of("BIGINT", "INTEGER", "VARCHAR"))));
        for (int i = 2; i < 2 + random.nextInt(names.size() - 1); i++) {
            fields.add(new Field(names.get(i), pick(TYPES)));
        }
        return fields;
    }

    /// `INSERT` for a random number of rows, none included.
    String rows(Relation table) {
        String rows = IntStream.range(0, random.nextInt(MOST_ROWS))
                .mapToObj(row -> table.fields().stream()
                        .map(field -> random.nextInt(4) == 0 ? "NULL" : constant(field.type()))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        return rows.isEmpty() ? "SELECT 1" : "INSERT INTO %s VALUES %s".formatted(quoted(table.name()), rows);
    }

    private String constant(String type) {
        int n = random.nextInt(6);
        return switch (type) {
            case "BIGINT", "INTEGER", "HUGEINT" -> Integer.toString(n - 1);
            case "VARCHAR" -> "'" + List.of("a", "b", "ab", "", "o''x", "%").get(n) + "'";
            case "DOUBLE" ->
                "CAST(%s AS DOUBLE)"
                        .formatted(
                                List.of("0.5", "-1.25", "3", "1e3", "0", "2.75").get(n));
            case "DECIMAL(9,2)" -> "CAST(%d.25 AS DECIMAL(9,2))".formatted(n);
            case "DATE" -> "DATE '2026-01-0%d'".formatted(n + 1);
            case "TIMESTAMP" -> "TIMESTAMP '2026-01-01 0%d:30:00'".formatted(n);
            case "BOOLEAN" -> n % 2 == 0 ? "true" : "false";
            case "INTEGER[]" -> "[%d, NULL, %d]".formatted(n, n + 1);
            default -> "{'a': %d, 'b': 'b%d'}".formatted(n, n);
        };
    }

    /// One SELECT over the tables.
    String query(List<Relation> tables) {
        aliases = 0;
        String body = select(tables, DEEPEST, List.of());
        return switch (random.nextInt(8)) {
            case 0 -> withCte(tables);
            case 1 ->
                "%s %s %s"
                        .formatted(
                                single(tables),
                                pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT")),
                                single(tables));
            case 2 -> "SELECT * FROM (%s) AS sub ORDER BY ALL LIMIT %d".formatted(body, random.nextInt(5));
            default -> body;
        };
    }

    /// A CTE, half of the time under the name of a table, which it hides.
    private String withCte(List<Relation> tables) {
        Relation table = pick(tables);
        String name = random.nextBoolean() ? table.name() : "cte";
        String cte = "SELECT * FROM %s%s"
                .formatted(quoted(table.name()), where(List.of(aliased(table, quoted(table.name()))), tables, 0));
        Relation visible = new Relation(name, table.fields());
        List<Relation> others = new ArrayList<>(tables);
        others.removeIf(other -> other.name().equals(name));
        others.add(visible);
        return "WITH %s AS (%s) %s".formatted(quoted(name), cte, select(others, 1, List.of()));
    }

    /// One text column: what set operations need on both sides.
    private String single(List<Relation> tables) {
        Relation table = pick(tables);
        Source source = aliased(table, "s" + aliases++);
        return "SELECT CAST(%s AS VARCHAR) AS v FROM %s AS %s%s"
                .formatted(
                        pick(source.columns()).sql(),
                        quoted(table.name()),
                        source.alias(),
                        where(List.of(source), tables, 1));
    }

    /// A column as it is written, with its type.
    private record Term(String sql, String type) {}

    /// What stands in a FROM clause under an alias.
    private record Source(String alias, List<Term> columns) {}

    private Source aliased(Relation table, String alias) {
        return new Source(
                alias,
                table.fields().stream()
                        .map(field -> new Term(alias + "." + quoted(field.name()), field.type()))
                        .toList());
    }

    private String select(List<Relation> tables, int depth, List<Source> outer) {
        List<Source> visible = new ArrayList<>();
        String from = from(tables, visible, depth);
        List<Source> inScope = new ArrayList<>(visible);
        inScope.addAll(outer);
        String where = where(inScope, tables, depth);
        return random.nextInt(3) == 0 ? grouped(visible, from, where) : plain(visible, from, where);
    }

    private String plain(List<Source> visible, String from, String where) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Term term = term(visible);
            items.add("%s AS o%d".formatted(random.nextInt(4) == 0 ? expression(term) : term.sql(), i));
        }
        if (random.nextInt(6) == 0) {
            items.add("count(*) OVER (PARTITION BY %s) AS w"
                    .formatted(term(visible).sql()));
        }
        String list = random.nextInt(8) == 0 ? "*" : String.join(", ", items);
        return "SELECT %s%s FROM %s%s".formatted(random.nextInt(6) == 0 ? "DISTINCT " : "", list, from, where);
    }

    private String grouped(List<Source> visible, String from, String where) {
        Term key = term(visible);
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > 1" : "";
        return "SELECT %s AS g, count(*) AS n, count(%s) AS c, min(%s) AS lo, max(%s) AS hi FROM %s%s GROUP BY g%s"
                .formatted(
                        key.sql(),
                        term(visible).sql(),
                        term(visible).sql(),
                        term(visible).sql(),
                        from,
                        where,
                        having);
    }

    private String expression(Term term) {
        return switch (term.type()) {
            case "BIGINT", "INTEGER", "HUGEINT" -> "%s + 1".formatted(term.sql());
            case "VARCHAR" -> "upper(%s)".formatted(term.sql());
            case "DATE", "TIMESTAMP" -> "date_trunc('month', %s)".formatted(term.sql());
            case "INTEGER[]" -> "%s[1]".formatted(term.sql());
            case "STRUCT(a INTEGER, b VARCHAR)" -> "%s.a".formatted(term.sql());
            default -> "coalesce(CAST(%s AS VARCHAR), 'none')".formatted(term.sql());
        };
    }

    private String from(List<Relation> tables, List<Source> visible, int depth) {
        StringBuilder from = new StringBuilder(source(tables, visible, depth));
        int joins = random.nextInt(3);
        for (int i = 0; i < joins; i++) {
            Source left = pick(visible);
            List<Source> added = new ArrayList<>();
            String right = source(tables, added, depth);
            String kind = pick(
                    List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN", "CROSS JOIN"));
            from.append(' ').append(kind).append(' ').append(right);
            if (!kind.equals("CROSS JOIN")) {
                from.append(" ON ").append(joinCondition(left, added.getFirst()));
            }
            if (!kind.startsWith("SEMI") && !kind.startsWith("ANTI")) {
                visible.addAll(added);
            }
        }
        return from.toString();
    }

    private String joinCondition(Source left, Source right) {
        String equal = "%s = %s"
                .formatted(
                        left.columns().getFirst().sql(),
                        right.columns().getFirst().sql());
        return random.nextInt(3) == 0 ? equal + " AND " + comparison(pick(right.columns())) : equal;
    }

    private String source(List<Relation> tables, List<Source> visible, int depth) {
        Relation table = pick(tables);
        String alias = "a" + aliases++;
        Source source = aliased(table, alias);
        visible.add(source);
        if (depth > 0 && random.nextInt(6) == 0) {
            Source inner = aliased(table, "i" + aliases++);
            return "(SELECT * FROM %s AS %s%s) AS %s"
                    .formatted(quoted(table.name()), inner.alias(), where(List.of(inner), tables, depth - 1), alias);
        }
        return "%s AS %s".formatted(quoted(table.name()), alias);
    }

    private String where(List<Source> visible, List<Relation> tables, int depth) {
        return random.nextInt(4) == 0 ? "" : " WHERE " + predicate(visible, tables, depth);
    }

    private String predicate(List<Source> visible, List<Relation> tables, int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> "(%s AND %s)".formatted(predicate(visible, tables, depth), comparison(term(visible)));
            case 1 -> "(%s OR %s)".formatted(predicate(visible, tables, depth), comparison(term(visible)));
            case 2 -> "NOT (%s)".formatted(comparison(term(visible)));
            case 3 -> "%s IS %sNULL".formatted(term(visible).sql(), random.nextBoolean() ? "NOT " : "");
            case 4 -> depth > 0 ? subquery(visible, tables, depth) : comparison(term(visible));
            default -> comparison(term(visible));
        };
    }

    private String subquery(List<Source> visible, List<Relation> tables, int depth) {
        Relation table = pick(tables);
        Source inner = aliased(table, "q" + aliases++);
        Term outer = pick(visible).columns().getFirst();
        String correlated = "SELECT 1 FROM %s AS %s WHERE %s = %s AND %s"
                .formatted(
                        quoted(table.name()),
                        inner.alias(),
                        inner.columns().getFirst().sql(),
                        outer.sql(),
                        predicate(List.of(inner), tables, depth - 1));
        String ids = "SELECT %s FROM %s AS %s%s"
                .formatted(
                        inner.columns().getFirst().sql(),
                        quoted(table.name()),
                        inner.alias(),
                        where(List.of(inner), tables, depth - 1));
        return switch (random.nextInt(5)) {
            case 0 -> "EXISTS (%s)".formatted(correlated);
            case 1 -> "NOT EXISTS (%s)".formatted(correlated);
            case 2 -> "%s IN (%s)".formatted(outer.sql(), ids);
            case 3 -> "%s NOT IN (%s)".formatted(outer.sql(), ids);
            default -> "%s >= (SELECT max(v) FROM (%s) AS m(v))".formatted(outer.sql(), ids);
        };
    }

    private String comparison(Term term) {
        String one = constant(term.type());
        String other = constant(term.type());
        boolean isText = term.type().equals("VARCHAR");
        return switch (random.nextInt(isText ? 6 : 4)) {
            case 0 -> "%s IN (%s, %s)".formatted(term.sql(), one, other);
            case 1 -> "%s BETWEEN %s AND %s".formatted(term.sql(), one, other);
            case 4 -> "%s LIKE '%s'".formatted(term.sql(), pick(List.of("a%", "%b", "%a%", "_", "a_b%")));
            case 5 -> "CAST(%s AS VARCHAR) || 'x' = 'ax'".formatted(term.sql());
            default ->
                "%s %s %s"
                        .formatted(term.sql(), pick(List.of("=", "<>", "<", ">", "<=", ">=", "IS DISTINCT FROM")), one);
        };
    }

    private Term term(List<Source> visible) {
        return pick(pick(visible).columns());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
